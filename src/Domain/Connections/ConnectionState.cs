using System.Globalization;

namespace Holdfast.Domain.Connections;

/// <summary>Why TikTok does not let an account be used, so that signing in again would not help.</summary>
public enum Restriction
{
    Private,
    UnderAge,
    Banned,
    Deleted,
}

/// <summary>How a connection stands. A renewal in flight is not a state: it is a lease on the row.</summary>
public abstract record ConnectionState
{
    private ConnectionState()
    {
    }

    /// <summary>Tokens are saved; the account has not answered a call yet.</summary>
    public sealed record Connecting : ConnectionState;

    public sealed record Live : ConnectionState;

    /// <summary>Works, but the refresh token ends within this many days and renewing does not move that end.</summary>
    public sealed record EndingSoon(int Days) : ConnectionState;

    public sealed record NeedsSignIn(NeedsSignInReason Reason) : ConnectionState;

    public sealed record Restricted(Restriction Kind) : ConnectionState;

    /// <param name="By">The member who did it, as shown to people.</param>
    public sealed record Disconnected(string By) : ConnectionState;

    /// <summary>Calls to TikTok make sense.</summary>
    public bool IsUsable => this is Connecting or Live or EndingSoon;

    /// <summary>The stored word of the case.</summary>
    public string Word => this switch
    {
        Connecting => "connecting",
        Live => "live",
        EndingSoon => "ending-soon",
        NeedsSignIn => "needs-sign-in",
        Restricted => "restricted",
        _ => "disconnected",
    };

    /// <summary>What the case carries, as stored beside <see cref="Word"/>.</summary>
    public string? Detail => this switch
    {
        EndingSoon(var days) => days.ToString(CultureInfo.InvariantCulture),
        NeedsSignIn(var reason) => reason.ToString(),
        Restricted(var kind) => kind.ToString(),
        Disconnected(var by) => by,
        _ => null,
    };

    /// <summary>The state that was stored as these two.</summary>
    public static ConnectionState Read(string word, string? detail) => word switch
    {
        "connecting" => new Connecting(),
        "live" => new Live(),
        "ending-soon" => new EndingSoon(int.Parse(detail ?? "", CultureInfo.InvariantCulture)),
        "needs-sign-in" => new NeedsSignIn(Enum.Parse<NeedsSignInReason>(detail ?? "")),
        "restricted" => new Restricted(Enum.Parse<Restriction>(detail ?? "")),
        "disconnected" => new Disconnected(detail ?? ""),
        _ => throw new FormatException($"No connection state is called '{word}'."),
    };
}
