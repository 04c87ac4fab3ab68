namespace Holdfast.People.External;

/// <summary>Why a trip to a provider led nowhere; the words stand in the app's texts.</summary>
public enum ExternalProblem
{
    /// <summary>The answer belongs to no open trip of this browser to this provider: forged, repeated, late, or another provider's.</summary>
    NotAsked,

    /// <summary>The person said no over there.</summary>
    Declined,

    /// <summary>The provider cannot be reached, is too slow, or answers what nobody can read.</summary>
    Unreachable,

    /// <summary>The provider refused us: a wrong client secret, or a code it does not take.</summary>
    Refused,

    /// <summary>The answer fails a check: signature, issuer, audience, nonce, time, subject.</summary>
    NotBelieved,

    /// <summary>To link, the session that began must still be there.</summary>
    SessionEnded,

    /// <summary>That account over there opens another account here.</summary>
    LinkedElsewhere,
}

/// <summary>A provider that did not do its part; told to the person by its <see cref="Problem"/> and to the log by its message.</summary>
internal sealed class ProviderException(ExternalProblem problem, string message, Exception? inner = null) : Exception(message, inner)
{
    public ExternalProblem Problem => problem;
}
