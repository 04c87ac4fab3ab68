namespace Holdfast.Platform.Tokens;

/// <summary>What a renewal may do with a refresh token, in each mode (design §5).</summary>
internal static class RefreshRule
{
    public static RefreshVerdict Decide(RefreshMode mode, RefreshFacts? token, DateTimeOffset now) => token switch
    {
        null or { IsEnded: true } => RefreshVerdict.Refuse,
        _ when token.ExpiresAt <= now => RefreshVerdict.Refuse,
        { IsSuperseded: false } => mode is RefreshMode.Legacy ? RefreshVerdict.KeepToken : RefreshVerdict.Renew,
        // In Strict mode an old token merely stopped working: a client that lost an answer loses nobody else's access.
        _ when mode is not RefreshMode.Grace => RefreshVerdict.Refuse,
        { IsSuccessorUsed: true } => RefreshVerdict.EndFamily,
        _ => RefreshVerdict.ReplaceSuccessor,
    };
}

/// <summary>What the rows say about a refresh token.</summary>
/// <param name="IsEnded">It, its family or its consent was ended, or it was replaced by a later answer to the same renewal.</param>
/// <param name="IsSuperseded">It was exchanged for another.</param>
/// <param name="IsSuccessorUsed">That other one was exchanged in turn.</param>
internal sealed record RefreshFacts(DateTimeOffset ExpiresAt, bool IsEnded, bool IsSuperseded, bool IsSuccessorUsed);

internal enum RefreshVerdict { Renew, KeepToken, ReplaceSuccessor, EndFamily, Refuse }
