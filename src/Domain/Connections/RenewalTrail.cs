namespace Holdfast.Domain.Connections;

/// <summary>What we have tried with the present token pair. Saved with the connection.</summary>
/// <param name="Failures">Attempts since the last good renewal.</param>
/// <param name="AskedAt">Set and saved before asking, cleared by the answer: still set at the next attempt means that nobody saw the answer.</param>
/// <param name="UnansweredAt">An earlier attempt with this refresh token whose answer never reached us.</param>
/// <param name="ForcedAt">The latest renewal because TikTok refused an access token before its time.</param>
/// <param name="ForcedBeforeAt">The one before.</param>
/// <param name="Told">TikTok told of a removal that may be about this pair or the one before: the token endpoint decides.</param>
public sealed record RenewalTrail(
    int Failures = 0,
    DateTimeOffset? AskedAt = null,
    DateTimeOffset? UnansweredAt = null,
    DateTimeOffset? ForcedAt = null,
    DateTimeOffset? ForcedBeforeAt = null,
    RemovalCause? Told = null)
{
    internal RenewalTrail Asking(DateTimeOffset now) => this with { AskedAt = now, UnansweredAt = UnansweredAt ?? AskedAt };

    internal RenewalTrail Failed(bool mayHaveRotated) => this with
    {
        Failures = Failures + 1,
        AskedAt = null,
        UnansweredAt = mayHaveRotated ? UnansweredAt ?? AskedAt : UnansweredAt,
    };

    internal RenewalTrail Forced(DateTimeOffset now) => this with { ForcedAt = now, ForcedBeforeAt = ForcedAt };

    // Forced renewals stay on record through good ones: renewing well and being refused at once is what they count.
    internal RenewalTrail Renewed() => new(ForcedAt: ForcedAt, ForcedBeforeAt: ForcedBeforeAt);
}
