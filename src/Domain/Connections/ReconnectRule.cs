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
}
