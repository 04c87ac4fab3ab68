namespace Holdfast.Domain.Connections;

/// <summary>What came of asking for fresh tokens. The tokens themselves are the shell's business.</summary>
public abstract record RenewalOutcome
{
    private RenewalOutcome()
    {
    }

    /// <summary>A new pair is saved.</summary>
    /// <param name="AccessLifetime">As returned, from the instant we asked.</param>
    /// <param name="RefreshLifetime">Null when the answer named none: the known end stands.</param>
    /// <param name="Scopes">Null when the answer named none: the granted ones stand.</param>
    public sealed record Renewed(TimeSpan AccessLifetime, TimeSpan? RefreshLifetime = null, ScopeSet? Scopes = null, string? LogId = null) : RenewalOutcome;

    /// <summary>A definite no about this account's tokens.</summary>
    public sealed record Refused(string Code, string? LogId) : RenewalOutcome;

    /// <summary>A definite no about the app; it would have been the same for every account.</summary>
    public sealed record AppProblem(string Code, string? LogId) : RenewalOutcome;

    /// <summary>No answer we can trust.</summary>
    /// <param name="MayHaveRotated">
    /// False only when TikTok cannot have issued new tokens: it was never reached, or said that it is busy.
    /// </param>
    public sealed record Passing(string Reason, string? LogId, TimeSpan? RetryAfter = null, bool MayHaveRotated = true) : RenewalOutcome;
}
