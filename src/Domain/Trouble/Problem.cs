namespace Holdfast.Domain.Trouble;

/// <summary>What people say when connecting does not work.</summary>
public enum Problem
{
    /// <summary>The window does not open, or stays blank.</summary>
    Popup,

    /// <summary>The sign-in is said to be wrong.</summary>
    SignIn,

    /// <summary>An error after <em>Authorize</em>.</summary>
    Authorize,

    /// <summary>It disconnects after a few days.</summary>
    Disconnects,
}
