namespace Holdfast.Cli.Doctor;

/// <summary>One thing that was looked at.</summary>
/// <param name="Name">One word, the same in every run.</param>
/// <param name="Says">How it is, or what is wrong; never a secret.</param>
/// <param name="Next">What to do; empty when there is nothing.</param>
internal sealed record Check(string Name, CheckState State, string Says, string Next = "")
{
    public static Check Ok(string name, string says) => new(name, CheckState.Ok, says);

    public static Check Warn(string name, string says, string next = "") => new(name, CheckState.Warn, says, next);

    public static Check Fail(string name, string says, string next) => new(name, CheckState.Fail, says, next);
}

internal enum CheckState
{
    Ok,

    /// <summary>Works, or concerns one account or one try only.</summary>
    Warn,

    /// <summary>Stands in the way.</summary>
    Fail,
}
