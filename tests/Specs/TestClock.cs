using System.Diagnostics.CodeAnalysis;

namespace Holdfast.Specs;

/// <summary>A clock that moves only when told, and the one place where specs name the real one.</summary>
internal sealed class TestClock(DateTimeOffset start) : TimeProvider
{
    private DateTimeOffset now = start;

    [SuppressMessage("ApiDesign", "RS0030", Justification = "Specs against real processes and databases run on real time.")]
    public static new TimeProvider System => TimeProvider.System;

    public override DateTimeOffset GetUtcNow() => now;

    public void Advance(TimeSpan by) => now += by;
}
