namespace Holdfast.Shell.Outside;

/// <summary>Why an address is not called; the words stand in Texts.json under <c>outside.problem.…</c>.</summary>
public enum OutsideProblem
{
    /// <summary>No absolute address, or one that two readers could read differently.</summary>
    Malformed,

    /// <summary>Not https; http only ever to this machine.</summary>
    Scheme,

    /// <summary>A user name or password in the address.</summary>
    UserInfo,

    Port,

    /// <summary>The host is this machine or its network, by its number or by what its name resolves to.</summary>
    Inside,
}

/// <summary>Why a call that was allowed brought no answer.</summary>
public enum OutsideFailure
{
    /// <summary>The name does not resolve.</summary>
    Unknown,

    /// <summary>Nobody listens there, or the way is closed.</summary>
    Unreachable,

    /// <summary>The certificate is not to be trusted.</summary>
    Certificate,

    TimedOut,

    /// <summary>The answer broke off or is no HTTP.</summary>
    Broken,
}
