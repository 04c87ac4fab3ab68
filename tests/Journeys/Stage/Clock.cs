using System.Diagnostics.CodeAnalysis;

namespace Holdfast.Journeys.Stage;

/// <summary>Journeys happen in real time; this is where they name it.</summary>
internal static class Clock
{
    [SuppressMessage("ApiDesign", "RS0030", Justification = "Real processes run on real time.")]
    public static TimeProvider System => TimeProvider.System;
}
