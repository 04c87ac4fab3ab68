using System.Globalization;
using Holdfast.Cli.Up;
using Holdfast.Domain.Trouble;
using Holdfast.Studio.Help.Trouble;

namespace Holdfast.Cli.Doctor;

/// <summary>What Studio stands on beyond its database: secrets that open, TikTok, its connections; and the four problems by the rules of its own help pages.</summary>
internal sealed class StudioChecks(WebApplication studio, UpSettings up, TimeProvider clock)
{
    private static readonly TimeSpan Late = TimeSpan.FromMinutes(15);

    /// <summary>What has been told once is named again, not told again.</summary>
    private readonly HashSet<Cause> told = [];

    /// <param name="hasPlatform">The Platform of this machine runs; where it does not, nobody can ask it anything.</param>
    public async Task RunAsync(Round round, Problem? problem, bool hasPlatform, CancellationToken stopping)
    {
        TroubleFacts? gathered = null;
        await round.LookAsync("studio", async () =>
        {
            gathered = await studio.TroubleAsync(stopping);
            if (up.TikTok || hasPlatform || gathered.TikTok is not { App: AppState.Ready, Reach: not Reach.Answers })
                return [];
            gathered = gathered with { TikTok = gathered.TikTok with { Reach = Reach.NotAsked } };
            return [Check.Warn("tiktok", "The Platform does not run, so nothing can be asked of it.", "Start holdfast up and run doctor again: it looks at key, secret, redirect URI and clock then.")];
        });
        if (problem is null)
        {
            await round.LookAsync("secrets", async () => [Secrets(await studio.StoredSecretsAsync(stopping))]);
            await round.LookAsync("tiktok", () => gathered is null ? [] : TikTok(gathered.TikTok));
            await round.LookAsync("connections", async () => Connections(await studio.ConnectionsAsync(clock.GetUtcNow(), stopping), clock.GetUtcNow()));
        }
        if (gathered is not { } facts)
            return;
        foreach (var one in problem is { } asked ? [asked] : Enum.GetValues<Problem>())
            await round.LookAsync(one.Slug(), () => Diagnose(one, facts));
    }

    private static Check Secrets(StoredSecrets secrets) => secrets switch
    {
        { KeyMissing: > 0 } => Check.Fail("secrets", $"{secrets.KeyMissing} of {secrets.All} stored secrets were sealed with a key that is not here.", "Put the former key back, into HOLDFAST_KEYS or the key file, after the newest one. Nothing was deleted."),
        { Damaged: > 0 } => Check.Fail("secrets", $"{secrets.Damaged} of {secrets.All} stored secrets do not open.", "Restore database and keys from the same backup, or sign the accounts in again."),
        _ => Check.Ok("secrets", $"{secrets.All} stored secrets open."),
    };

    private IEnumerable<Check> TikTok(TikTokFacts tiktok)
    {
        if (tiktok.App is AppState.None)
        {
            yield return Check.Fail("app", "No client key and secret are configured.", $"Set {TikTokKeys.KeyVariable} and {TikTokKeys.SecretVariable}, or start holdfast up, which introduces Studio to the Platform.");
            yield break;
        }
        if (tiktok.App is not AppState.Ready || tiktok.Reach is Reach.NotAsked)
            yield break; // that has been told
        yield return tiktok.Reach is Reach.Answers
            ? Check.Ok("tiktok", $"{tiktok.Site} answers.")
            : Check.Fail("tiktok", $"{tiktok.Site} is not reached: {Why(tiktok.Reach)}.", Mend(tiktok));
        if (tiktok.ClockAhead is { } ahead)
            yield return Clock(ahead);
        yield return tiktok.Keys switch
        {
            KeyCheck.Right => Check.Ok("app", $"TikTok accepts client key and secret{(tiktok.IsSandbox ? " (a sandbox: only its target users may sign in)" : "")}."),
            KeyCheck.Wrong => Check.Fail("app", "TikTok does not accept client key and secret (invalid_client).", "Copy both again from the same environment of the developer portal; sandbox and production have different ones."),
            _ => Check.Warn("app", "TikTok did not say whether it accepts client key and secret.", tiktok.Reach is Reach.Answers
                ? "Its API has trouble of its own: run doctor again when that is over."
                : "Mend the way to TikTok first, and run doctor again."),
        };
        yield return Redirect(tiktok);
    }

    internal static Check Clock(TimeSpan ahead)
    {
        var said = $"This machine's clock is {Math.Abs(ahead.TotalSeconds).ToString("0", CultureInfo.InvariantCulture)} s {(ahead < TimeSpan.Zero ? "behind" : "ahead of")} TikTok's";
        return Domain.Connections.RenewalRule.IsWorrying(ahead) ? Check.Fail("clock", said + ".", "Switch on time synchronization (NTP).")
            : ClockRule.SpoilsCodes(ahead) ? Check.Warn("clock", said + ": codes of authenticator apps fail.", "Switch on time synchronization (NTP).")
            : Check.Ok("clock", said + ".");
    }

    private Check Redirect(TikTokFacts tiktok)
    {
        var said = $"{tiktok.RedirectUri} ({TikTokKeys.RedirectKind(up)})";
        return tiktok switch
        {
            { IsRedirectUnfit: true } => Check.Fail("redirect", $"{tiktok.RedirectUri} cannot be registered anywhere.", "Give Studio an https address with --studio-url, or leave it on this machine. holdfast explain tells the rules."),
            { Page: PageCheck.RefusesRedirect } => Check.Fail("redirect", $"{said} is not registered for this client key.", "Register it character by character, the slash at the end included, under that platform and in the key's environment. Start doctor with up's own options: they make the address."),
            { Page: PageCheck.RefusesKey } => Check.Fail("redirect", "The authorization page refuses this app.", "Look in the developer portal at the key, the app's state, Login Kit and the permissions: TikTok blames the key for all of them."),
            { Page: PageCheck.RefusesScope } => Check.Fail("redirect", "A permission that Studio asks for is not enabled for the app.", "Enable the permissions of Studio's help page in the developer portal."),
            { Page: PageCheck.RefusesChallenge } => Check.Fail("redirect", $"{said} is registered under another platform.", "Register addresses of this machine under Desktop and https addresses under Web."),
            { Page: PageCheck.Accepts } => Check.Ok("redirect", $"{said} is accepted."),
            _ => Check.Warn("redirect", $"{said}: whether it is registered, the page does not say before somebody signs in.", "Compare it with the developer portal, character by character."),
        };
    }

    private static IEnumerable<Check> Connections(ConnectionsOverview overview, DateTimeOffset now)
    {
        yield return Check.Ok("connections", overview.States.Count == 0 ? "None yet." : string.Join(", ", overview.States.Select(state => $"{state.Count} {state.State}")) + ".");
        if (now - overview.OldestOverdue > Late)
            yield return Check.Warn("connections", $"The most overdue renewal was due {overview.OldestOverdue:yyyy-MM-dd HH:mm} UTC.", "If Studio runs, look at TikTok and the secret above; if it does not, start it: access tokens live hours.");
        if (overview.EndingSoon > 0)
            yield return Check.Warn("connections", $"{overview.EndingSoon} end within 30 days, and renewing does not move that.", "Sign them in again before that; Studio's account pages have the button.");
    }

    private IEnumerable<Check> Diagnose(Problem problem, TroubleFacts facts)
    {
        var diagnosis = Diagnosis.Of(problem, facts);
        var page = up.Studio.At($"/help/trouble/{problem.Slug()}");
        if (diagnosis.Findings.Count == 0)
            yield return Check.Ok(problem.Slug(), problem is Problem.Popup or Problem.SignIn ? $"Nothing found from here; open {page} in the browser that has the problem." : "Nothing found.");
        foreach (var finding in diagnosis.Findings)
        {
            var (title, body, next) = studio.Say(finding);
            // One account's end and one person's try are news of those; what stands in everybody's way is a failure.
            var state = finding is { Certainty: Certainty.Found, AccountId: null, IsOfOneTry: false } ? CheckState.Fail : CheckState.Warn;
            yield return finding.AccountId is null && !told.Add(finding.Cause) ? new(problem.Slug(), state, $"{title}, as above.") : new(problem.Slug(), state, $"{title}. {body}{(finding.LogId is null ? "" : $" (log_id {finding.LogId})")}", next);
        }
    }

    private static string Why(Reach reach) => reach switch
    {
        Reach.NoName => "its name cannot be resolved",
        Reach.NoTls => "its certificate is not accepted, or somebody stands between",
        Reach.TimedOut => "no answer in time",
        _ => "no connection comes about",
    };

    private static string Mend(TikTokFacts tiktok) => tiktok.Reach switch
    {
        Reach.NoName => "Look at this machine's DNS (/etc/resolv.conf, the container's network).",
        Reach.NoTls => "Look for a proxy that opens TLS, at the machine's clock and its certificates (ca-certificates).",
        Reach.TimedOut => "Look at the firewall and at HTTPS_PROXY.",
        _ => tiktok.IsTikTok ? "Look at the firewall and at HTTPS_PROXY." : "Start the Platform: holdfast up, or holdfast platform.",
    };
}
