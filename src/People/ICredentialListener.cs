using Holdfast.Storage;

namespace Holdfast.People;

/// <summary>Told, in the same transaction, that somebody's password or second factor changed.</summary>
public interface ICredentialListener
{
    Task ChangedAsync(Session session, string personId, DateTimeOffset now);
}
