namespace Holdfast.Domain.Trouble;

/// <summary>Everything that was looked at.</summary>
public sealed record TroubleFacts
{
    public required DateTimeOffset Now { get; init; }
    public BrowserFacts Browser { get; init; } = BrowserFacts.None;
    public TikTokFacts TikTok { get; init; } = new() { WasAsked = false };

    /// <summary>The newest first.</summary>
    public IReadOnlyList<AttemptFacts> Attempts { get; init; } = [];

    public IReadOnlyList<AccountFacts> Accounts { get; init; } = [];

    /// <summary>Problems of the app that are open, the oldest first.</summary>
    public IReadOnlyList<IncidentFacts> Incidents { get; init; } = [];

    /// <summary>Wrong passwords at Studio's own sign-in lately.</summary>
    public int StudioPasswords { get; init; }

    /// <summary>Wrong second-factor codes there.</summary>
    public int StudioCodes { get; init; }

    /// <summary>How long Studio's sign-in makes the next try wait.</summary>
    public TimeSpan Wait { get; init; }
}

/// <summary>A problem of the app.</summary>
/// <param name="Felt">How many connections felt it.</param>
public sealed record IncidentFacts(string Cause, DateTimeOffset Since, string? LogId, int Felt = 0);
