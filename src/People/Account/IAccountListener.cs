using Holdfast.Storage;

namespace Holdfast.People.Account;

/// <summary>Told, in the same transaction and before the row goes, that an account is being deleted.</summary>
/// <remarks>Rows that refer to <c>person (id)</c> with <c>on delete cascade</c> go by themselves. What others must still be able to read moves to the stand-in.</remarks>
public interface IAccountListener
{
    /// <param name="standInId">A nameless row in <c>person</c> that cannot sign in and stays.</param>
    /// <returns>The files to be removed once the deletion is on disk.</returns>
    Task<IReadOnlyList<string>> LeavingAsync(Session session, string personId, string standInId, DateTimeOffset now);
}
