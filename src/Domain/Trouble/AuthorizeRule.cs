using static Holdfast.Domain.Trouble.Finding;

namespace Holdfast.Domain.Trouble;

/// <summary>Somebody pressed <em>Authorize</em> and an error came. What stands in the way now goes before what the last try was told.</summary>
internal static class AuthorizeRule
{
    public static IEnumerable<Finding> Of(TroubleFacts facts)
    {
        var tiktok = facts.TikTok;
        List<Finding> now = [.. AppRule.State(tiktok), .. AppRule.Calls(tiktok), .. AppRule.Page(tiktok), .. BrowserRule.Address(facts)];
        // An attempt that worked answers everything older.
        var said = facts.Attempts is [var last, ..] && last.Outcome is not AttemptOutcome.Connected ? Attempt(last, facts).ToList() : [];
        return [.. now, .. said, .. Rest(facts), .. AppRule.Incidents(facts, [.. now, .. said])];
    }

    private static IEnumerable<Finding> Attempt(AttemptFacts attempt, TroubleFacts facts)
    {
        var finding = attempt.Outcome switch
        {
            AttemptOutcome.OtherAccount => Found(Cause.OtherAccount, attempt.Expected ?? "", attempt.Got ?? ""),
            AttemptOutcome.Cancelled when attempt.Error is not null => Found(Cause.Declined, attempt.At),
            AttemptOutcome.Failed => Failed(attempt, facts.TikTok),
            // TikTok shows accounts that a sandbox does not know its own error page, and that page leads nowhere.
            AttemptOutcome.NeverCameBack or AttemptOutcome.UnderWay when facts.TikTok.IsSandbox => Likely(Cause.SandboxAccount, attempt.At),
            AttemptOutcome.NeverCameBack => Likely(Cause.NeverCameBack, facts.TikTok.Site, attempt.At),
            _ => null,
        };
        if (finding is not null)
            yield return finding with { LogId = attempt.LogId, IsOfOneTry = true };
    }

    private static Finding Failed(AttemptFacts attempt, TikTokFacts tiktok) => attempt.Error switch
    {
        "invalid_client" => tiktok.Keys is KeyCheck.Right ? Found(Cause.SecretMended, attempt.At) : Found(Cause.SecretWrong),
        "invalid_request" when Says(attempt, "redirect_uri") => Found(Cause.RedirectDiffers, attempt.RedirectUri),
        "invalid_request" when Says(attempt, "verifier") => Found(Cause.ChallengeRefused, attempt.RedirectUri),
        "invalid_grant" => Found(Cause.CodeExpired, attempt.At),
        "invalid_scope" => Found(Cause.ScopeRefused),
        "unauthorized_client" => Found(Cause.NotApproved),
        "server_error" or "temporarily_unavailable" => Found(Cause.TikTokTrouble, attempt.At),
        "no-answer" => Found(Cause.NoAnswer, attempt.At, attempt.Said ?? ""),
        "other-platform" => Found(Cause.OtherPlatform),
        "qr-lapsed" or "qr-none" or "qr-foreign" => Found(Cause.QrEnded, attempt.At),
        "link-over" => Found(Cause.LinkOver),
        "app-changed" => Found(Cause.AppChanged, attempt.At),
        "incomplete" => Found(Cause.Incomplete),
        "interrupted" => Found(Cause.Interrupted, attempt.At),
        "broken" => Found(Cause.Broken, attempt.At),
        "key-missing" => Found(Cause.KeyMissing),
        "secret-damaged" => Found(Cause.SecretDamaged),
        _ => Likely(Cause.InTikToksWords, string.Join(": ", new[] { attempt.Error, attempt.Said }.Where(part => !string.IsNullOrEmpty(part)))),
    };

    private static IEnumerable<Finding> Rest(TroubleFacts facts)
    {
        if (facts.TikTok.ClockAhead is { } skew && Connections.RenewalRule.IsWorrying(skew))
            yield return Likely(Cause.ServerClock, skew.Duration());
        if (facts.Attempts is [{ Outcome: not AttemptOutcome.Connected, RedirectUri: { Length: > 0 } before }, ..] && before != facts.TikTok.RedirectUri)
            yield return Note(Cause.AddressMoved, before, facts.TikTok.RedirectUri);
    }

    private static bool Says(AttemptFacts attempt, string word) => attempt.Said?.Contains(word, StringComparison.OrdinalIgnoreCase) is true;
}
