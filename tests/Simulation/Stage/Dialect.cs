using System.Globalization;

namespace Holdfast.Simulation.Stage;

/// <summary>How the Platform's tokens live and are renewed: one of the behaviours that are documented or were seen (spec §2.5, §2.9).</summary>
/// <param name="Mode">The app's refresh mode: <c>strict</c>, <c>grace</c> or <c>legacy</c>.</param>
/// <param name="CarriesEnd">A renewed refresh token keeps the end of the one before.</param>
internal sealed record Dialect(TimeSpan Access, TimeSpan Refresh, string Mode, bool CarriesEnd)
{
    private static readonly TimeSpan TwoHours = TimeSpan.FromHours(2);
    private static readonly TimeSpan OneDay = TimeSpan.FromDays(1);
    private static readonly TimeSpan HalfYear = TimeSpan.FromDays(180);
    private static readonly TimeSpan Year = TimeSpan.FromDays(365);

    /// <summary>TikTok's words, and our Platform's default.</summary>
    public static Dialect Default { get; } = new(TwoHours, HalfYear, "strict", false);

    /// <summary>Every other one. A legacy token is never replaced, so its end is fixed anyway.</summary>
    public static IReadOnlyList<Dialect> Others { get; } =
    [
        new(TwoHours, HalfYear, "strict", true),
        new(OneDay, Year, "strict", false),
        new(OneDay, Year, "strict", true),
        new(TwoHours, HalfYear, "grace", false),
        new(TwoHours, HalfYear, "grace", true),
        new(OneDay, Year, "grace", false),
        new(OneDay, Year, "grace", true),
        new(TwoHours, HalfYear, "legacy", false),
        new(OneDay, Year, "legacy", false),
    ];

    /// <summary>Renewing does not move the end: some day only the person can.</summary>
    public bool HasFixedEnd => CarriesEnd || Mode is "legacy";

    /// <summary>The token before is taken again, so an answer may get lost.</summary>
    public bool Forgives => Mode is not "strict";

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Access.TotalHours:0} h / {Refresh.TotalDays:0} d, {Mode}, {(HasFixedEnd ? "fixed end" : "sliding end")}");
}

/// <summary>What a world does with pairs that only a program's hands hold.</summary>
internal enum LostPairs
{
    /// <summary>They may get lost: the Platform takes the token before once more.</summary>
    Forgiven,

    /// <summary>Nobody could get them back, so calls and power are spared in that moment: no end may follow from weather.</summary>
    Spared,

    /// <summary>They get lost, and each such end is expected and no other.</summary>
    Counted,
}
