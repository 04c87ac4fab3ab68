namespace Holdfast.Simulation;

internal enum DeedKind
{
    Connect,

    /// <summary>Plans a month of posts.</summary>
    Plan,

    /// <summary>Takes the access away at the Platform.</summary>
    Remove,

    /// <summary>The refresh token of this sign-in ends now.</summary>
    TokenEnds,

    /// <summary>Signs in before the end, because Studio told of it.</summary>
    SignInAhead,

    /// <summary>Signs in because Studio asks for it.</summary>
    SignInAgain,
}

/// <summary>What somebody does some day.</summary>
/// <param name="SignIn">For what belongs to one sign-in: which.</param>
internal sealed record Deed(DateTimeOffset At, DeedKind Kind, int Creator, int SignIn = 0);
