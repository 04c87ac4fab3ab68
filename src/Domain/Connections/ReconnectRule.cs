namespace Holdfast.Domain.Connections;

/// <summary>Whether a sign-in may revive a connection.</summary>
public abstract record ReconnectAnswer
{
    private ReconnectAnswer()
    {
    }

    public sealed record SameAccount : ReconnectAnswer;

    /// <summary>The browser was signed in to somebody else: nothing changes, and both names are shown.</summary>
    public sealed record OtherAccount(Account Expected, Account Got) : ReconnectAnswer;
}

public static class ReconnectRule
{
    /// <summary>The open_id decides; a changed name is still the same account.</summary>
    public static ReconnectAnswer Check(Account expected, Account got) =>
        string.Equals(expected.OpenId, got.OpenId, StringComparison.Ordinal)
            ? new ReconnectAnswer.SameAccount()
            : new ReconnectAnswer.OtherAccount(expected, got);

    /// <summary>Whether two apps look at one account: each knows it by an open_id of its own, and only its names can tell.</summary>
    /// <remarks>The user name decides where both apps may see it; it is one of a kind at TikTok. Otherwise the shown name has to be the same.</remarks>
    public static bool IsSameName(string? username, string displayName, string? gotUsername, string? gotDisplayName) =>
        username is { Length: > 0 } && gotUsername is { Length: > 0 }
            ? string.Equals(username, gotUsername, StringComparison.OrdinalIgnoreCase)
            : displayName.Length > 0 && string.Equals(displayName, gotDisplayName, StringComparison.Ordinal);
}
