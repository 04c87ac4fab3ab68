using Holdfast.Domain.Connections;
using Holdfast.Domain.Trouble;

namespace Holdfast.Specs.Domain.Trouble;

/// <summary>For every cause there is, the facts that show it.</summary>
internal static class Cases
{
    public static readonly DateTimeOffset Now = new(2026, 11, 26, 12, 0, 0, TimeSpan.Zero);

    private const string Own = "http://localhost:7400";

    /// <summary>Everything is as it should be.</summary>
    public static TroubleFacts Good { get; } = new()
    {
        Now = Now,
        Browser = new() { RunsScript = true, Window = WindowTest.Works, ReachesSite = true, KeepsCookies = true, HasChannel = true, ClockAhead = TimeSpan.FromSeconds(1), OpenedAt = Own },
        TikTok = new()
        {
            Site = "https://www.tiktok.com",
            IsTikTok = true,
            Reach = Reach.Answers,
            ClockAhead = TimeSpan.FromSeconds(-1),
            Keys = KeyCheck.Right,
            Page = PageCheck.Accepts,
            RedirectUri = Own + "/connect/tiktok/callback/",
        },
        Attempts = [new(AttemptOutcome.Connected, Now.AddHours(-1))],
        Accounts = [Account(new ConnectionState.Live()) with { RenewAt = Now.AddHours(1) }],
    };

    public static IReadOnlyDictionary<Cause, (Problem Problem, Certainty Certainty, TroubleFacts Facts)> All { get; } = new Dictionary<Cause, (Problem, Certainty, TroubleFacts)>
    {
        [Cause.ScriptOff] = (Problem.Popup, Certainty.Found, Browser(new() { RunsScript = false })),
        [Cause.WindowBlocked] = (Problem.Popup, Certainty.Found, Browser(Good.Browser with { Window = WindowTest.Blocked })),
        [Cause.WindowBlank] = (Problem.Popup, Certainty.Found, Browser(Good.Browser with { Window = WindowTest.Blank })),
        [Cause.SiteBlockedHere] = (Problem.Popup, Certainty.Found, Browser(Good.Browser with { ReachesSite = false })),
        [Cause.CookiesBlocked] = (Problem.SignIn, Certainty.Found, Browser(Good.Browser with { KeepsCookies = false })),
        [Cause.OtherAddress] = (Problem.Authorize, Certainty.Found, Browser(Good.Browser with { OpenedAt = "http://127.0.0.1:7400" })),
        [Cause.BrowserClock] = (Problem.SignIn, Certainty.Likely, Browser(Good.Browser with { ClockAhead = TimeSpan.FromMinutes(-3) })),
        [Cause.NoChannel] = (Problem.Popup, Certainty.Note, Browser(Good.Browser with { HasChannel = false })),

        [Cause.NoApp] = (Problem.Authorize, Certainty.Found, TikTok(new() { App = AppState.None })),
        [Cause.KeyMissing] = (Problem.Authorize, Certainty.Found, TikTok(new() { App = AppState.KeyMissing })),
        [Cause.SecretDamaged] = (Problem.Disconnects, Certainty.Found, TikTok(new() { App = AppState.SecretDamaged })),
        [Cause.SecretWrong] = (Problem.Authorize, Certainty.Found, TikTok(Good.TikTok with { Keys = KeyCheck.Wrong })),
        [Cause.SiteUnreachable] = (Problem.Popup, Certainty.Found, TikTok(Good.TikTok with { Reach = Reach.NoName }) with { Browser = Good.Browser with { ReachesSite = false } }),
        [Cause.TikTokFailing] = (Problem.Disconnects, Certainty.Likely, Incident("tiktok-unavailable")),
        [Cause.ServerClock] = (Problem.SignIn, Certainty.Likely, TikTok(Good.TikTok with { ClockAhead = TimeSpan.FromMinutes(4) })),
        [Cause.AppRefused] = (Problem.Authorize, Certainty.Found, TikTok(Good.TikTok with { Page = PageCheck.RefusesKey })),
        [Cause.RedirectNotRegistered] = (Problem.Authorize, Certainty.Found, TikTok(Good.TikTok with { Page = PageCheck.RefusesRedirect })),
        [Cause.RedirectUnfit] = (Problem.Authorize, Certainty.Found, TikTok(Good.TikTok with { IsRedirectUnfit = true })),
        [Cause.ScopeNotEnabled] = (Problem.Popup, Certainty.Found, TikTok(Good.TikTok with { Page = PageCheck.RefusesScope })),
        [Cause.ChallengeRefused] = (Problem.Authorize, Certainty.Found, Failed("invalid_request", "Code verifier or code challenge is invalid.")),
        [Cause.CallsRefused] = (Problem.Disconnects, Certainty.Likely, Incident("calls-refused")),
        [Cause.IncidentOpen] = (Problem.Disconnects, Certainty.Likely, Incident("unauthorized_client")),

        [Cause.StillOpen] = (Problem.Popup, Certainty.Likely, Attempt(AttemptOutcome.UnderWay)),
        [Cause.NeverCameBack] = (Problem.Popup, Certainty.Likely, Attempt(AttemptOutcome.NeverCameBack)),
        [Cause.LeftAtSignIn] = (Problem.SignIn, Certainty.Likely, Attempt(AttemptOutcome.NeverCameBack)),
        [Cause.LeftAtSignInHere] = (Problem.SignIn, Certainty.Likely, Attempt(AttemptOutcome.UnderWay) with { TikTok = Good.TikTok with { IsTikTok = false } }),
        [Cause.SandboxAccount] = (Problem.Authorize, Certainty.Likely, Attempt(AttemptOutcome.UnderWay) with { TikTok = Good.TikTok with { IsSandbox = true } }),
        [Cause.OtherAccount] = (Problem.SignIn, Certainty.Found, Attempt(AttemptOutcome.OtherAccount)),
        [Cause.Declined] = (Problem.Authorize, Certainty.Found, Good with { Attempts = [new(AttemptOutcome.Cancelled, Now, "access_denied")] }),
        [Cause.CodeExpired] = (Problem.Authorize, Certainty.Found, Failed("invalid_grant", "Authorization code is expired.")),
        [Cause.RedirectDiffers] = (Problem.Authorize, Certainty.Found, Failed("invalid_request", "Redirect_uri is not matched with the uri when requesting code.")),
        [Cause.ScopeRefused] = (Problem.Authorize, Certainty.Found, Failed("invalid_scope")),
        [Cause.NotApproved] = (Problem.Authorize, Certainty.Found, Failed("unauthorized_client")),
        [Cause.NoAnswer] = (Problem.Authorize, Certainty.Found, Failed("no-answer", "HTTP 502 with a body that is no JSON object.")),
        [Cause.TikTokTrouble] = (Problem.Authorize, Certainty.Found, Failed("server_error")),
        [Cause.AppChanged] = (Problem.Authorize, Certainty.Found, Failed("app-changed")),
        [Cause.OtherPlatform] = (Problem.Authorize, Certainty.Found, Failed("other-platform")),
        [Cause.QrEnded] = (Problem.Authorize, Certainty.Found, Failed("qr-lapsed")),
        [Cause.LinkOver] = (Problem.Authorize, Certainty.Found, Failed("link-over")),
        [Cause.Incomplete] = (Problem.Authorize, Certainty.Found, Failed("incomplete")),
        [Cause.Interrupted] = (Problem.Authorize, Certainty.Found, Failed("interrupted")),
        [Cause.Broken] = (Problem.Authorize, Certainty.Found, Failed("broken")),
        [Cause.SecretMended] = (Problem.Authorize, Certainty.Found, Failed("invalid_client")),
        [Cause.AddressMoved] = (Problem.Authorize, Certainty.Note, Good with { Attempts = [new(AttemptOutcome.Cancelled, Now, RedirectUri: "http://localhost:7401/connect/tiktok/callback/")] }),
        [Cause.InTikToksWords] = (Problem.Authorize, Certainty.Likely, Failed("never_heard_of", "Something.")),

        [Cause.Throttled] = (Problem.SignIn, Certainty.Found, Good with { Wait = TimeSpan.FromSeconds(8) }),
        [Cause.StudioPassword] = (Problem.SignIn, Certainty.Likely, Good with { StudioPasswords = 2 }),
        [Cause.StudioCode] = (Problem.SignIn, Certainty.Likely, Good with { StudioCodes = 1 }),
        [Cause.StaleSession] = (Problem.SignIn, Certainty.Likely, Browser(Good.Browser with { HasStaleSession = true })),

        [Cause.AccessRemoved] = Ended(NeedsSignInReason.AccessRemoved),
        [Cause.AccessGone] = Ended(NeedsSignInReason.RefreshRefused, account => account with { Probe = TokenProbe.Refused }),
        [Cause.RevokedByApp] = Ended(NeedsSignInReason.RevokedByApp),
        [Cause.RotatedElsewhere] = Ended(NeedsSignInReason.RefreshRefused, account => account with { Probe = TokenProbe.Works }),
        [Cause.RefusedAfterGap] = Ended(NeedsSignInReason.RefreshRefused, account => account with { AccessEndsAt = Now.AddDays(-3) }) with { Certainty = Certainty.Likely },
        [Cause.RestoredOrCopied] = (Problem.Disconnects, Certainty.Likely, Good with { Accounts = [OutOfDate("a"), OutOfDate("b")] }),
        [Cause.RefreshRefused] = Ended(NeedsSignInReason.RefreshRefused) with { Certainty = Certainty.Likely },
        [Cause.RotationLost] = Ended(NeedsSignInReason.RotationLost),
        [Cause.AccessEnded] = Ended(NeedsSignInReason.RefreshTokenEnded),
        [Cause.OtherAppIssued] = Ended(NeedsSignInReason.OtherAppIssued),
        [Cause.RefusedByMany] = (Problem.Disconnects, Certainty.Likely, Incident("refused-by-many")),
        [Cause.AppWasChanged] = (Problem.Disconnects, Certainty.Likely, Incident("app-changed")),
        [Cause.UserCap] = (Problem.Disconnects, Certainty.Likely, Incident("reached_active_user_cap")),
        [Cause.BackupRestored] = Ended(NeedsSignInReason.BackupRestored),
        [Cause.NotAccepted] = Ended(NeedsSignInReason.TokensNotAccepted),
        [Cause.AccountPrivate] = Restricted(Restriction.Private),
        [Cause.AccountUnderAge] = Restricted(Restriction.UnderAge),
        [Cause.AccountBanned] = Restricted(Restriction.Banned),
        [Cause.AccountDeleted] = Restricted(Restriction.Deleted),
        [Cause.ByMember] = (Problem.Disconnects, Certainty.Found, Accounts(Account(new ConnectionState.Disconnected("Maren")))),
        [Cause.NotRenewing] = (Problem.Disconnects, Certainty.Found, Accounts(Account(new ConnectionState.Live()) with { RenewAt = Now.AddHours(-2) })),
        [Cause.RenewalsDelayed] = (Problem.Disconnects, Certainty.Likely, Accounts(Account(new ConnectionState.Live()) with { Failures = 4, RenewAt = Now.AddMinutes(3) })),
        [Cause.WasOff] = (Problem.Disconnects, Certainty.Note, Accounts(Account(new ConnectionState.Live()) with { RenewAt = Now.AddHours(1), Gap = (Now.AddDays(-2), Now.AddDays(-1)) })),
        [Cause.EndingSoon] = (Problem.Disconnects, Certainty.Note, Accounts(Account(new ConnectionState.EndingSoon(7)) with { RenewAt = Now.AddHours(1), RefreshEndsAt = Now.AddDays(6) })),
    };

    public static AccountFacts Account(ConnectionState state, string id = "a") =>
        new() { Id = id, Name = "Ada", State = state, Since = Now.AddHours(-3), AccessEndsAt = Now.AddHours(9) };

    private static TroubleFacts Browser(BrowserFacts browser) => Good with { Browser = browser };

    private static TroubleFacts TikTok(TikTokFacts tiktok) => Good with { TikTok = tiktok with { RedirectUri = Good.TikTok.RedirectUri } };

    private static TroubleFacts Attempt(AttemptOutcome outcome) => Good with { Attempts = [new(outcome, Now.AddMinutes(-20), Expected: "Ada", Got: "Bruno")] };

    private static TroubleFacts Failed(string error, string? said = null) => Good with { Attempts = [new(AttemptOutcome.Failed, Now.AddMinutes(-20), error, said, "log-1")] };

    private static TroubleFacts Incident(string cause) => Good with { Incidents = [new(cause, Now.AddHours(-1), "log-2")] };

    private static TroubleFacts Accounts(params IReadOnlyList<AccountFacts> accounts) => Good with { Accounts = accounts };

    private static AccountFacts OutOfDate(string id) => Account(new ConnectionState.NeedsSignIn(NeedsSignInReason.RefreshRefused), id) with { AccessEndsAt = Now.AddDays(-3) };

    private static (Problem Problem, Certainty Certainty, TroubleFacts Facts) Ended(NeedsSignInReason reason, Func<AccountFacts, AccountFacts>? with = null) =>
        (Problem.Disconnects, Certainty.Found, Accounts((with ?? (account => account))(Account(new ConnectionState.NeedsSignIn(reason)))));

    private static (Problem Problem, Certainty Certainty, TroubleFacts Facts) Restricted(Restriction kind) =>
        (Problem.Disconnects, Certainty.Found, Accounts(Account(new ConnectionState.Restricted(kind))));
}
