using Holdfast.Storage;

namespace Holdfast.People;

/// <summary>Hears that what somebody signs in with has changed: the password, a second factor, a passkey, an account elsewhere.</summary>
/// <remarks>What was opened with the old credentials (sessions, tokens) ends here, in the transaction of the change: either both happen or neither (attack case 61).</remarks>
public interface ICredentialListener
{
    /// <summary>The credentials of <paramref name="personId"/> change in this transaction.</summary>
    Task ChangedAsync(Session session, string personId, DateTimeOffset now);
}
