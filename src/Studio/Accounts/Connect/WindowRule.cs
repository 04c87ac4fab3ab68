namespace Holdfast.Studio.Accounts.Connect;

/// <summary>What has probably become of a window that was opened for TikTok, judged by how far it came and by time alone.</summary>
/// <remarks>Nothing is read from the window: TikTok's pages cut that tie, so it looks closed from the first moment on (design §8).</remarks>
internal static class WindowRule
{
    /// <summary>A start page that was asked for and has not said within this time that it goes on never ran.</summary>
    public static readonly TimeSpan EmptyAfter = TimeSpan.FromSeconds(8);

    /// <summary>Signing in and reading the consent page take a while; after this a person may want to hear that nothing is lost.</summary>
    public static readonly TimeSpan QuietAfter = TimeSpan.FromSeconds(45);

    public static WindowTrouble TroubleOf(ConnectAttempt attempt, DateTimeOffset now) => attempt switch
    {
        { Status: AttemptStatus.NotOpened, Error: "blocked" } => WindowTrouble.Blocked,
        { Status: AttemptStatus.NotOpened } => WindowTrouble.Blank,
        { Status: not AttemptStatus.Waiting } => WindowTrouble.None,
        { StuckAt: not null } or { UnreachableAt: not null } => WindowTrouble.Extension,
        { SentAt: null, ReachedAt: { } reached } when now - reached >= EmptyAfter => WindowTrouble.Blank,
        { SentAt: { } sent } when now - sent >= QuietAfter => WindowTrouble.Quiet,
        _ => WindowTrouble.None,
    };
}

/// <summary>Four troubles people have with the window, told apart.</summary>
internal enum WindowTrouble
{
    None,

    /// <summary>The browser opened no window.</summary>
    Blocked,

    /// <summary>A window opened, and not even our own page came up in it.</summary>
    Blank,

    /// <summary>Our page came up, and TikTok's did not: something in this browser or on the way keeps it off.</summary>
    Extension,

    /// <summary>Sent on a while ago, and nothing since: somebody is still signing in, or has closed the window.</summary>
    Quiet,
}
