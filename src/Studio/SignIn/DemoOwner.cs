using Holdfast.People;
using Holdfast.Shell.Hosting;
using Holdfast.Studio.Workspaces;

namespace Holdfast.Studio.SignIn;

/// <summary>The fictional people of the demo workspace; they exist only with demo content and only on loopback.</summary>
/// <remarks>The owner is the visitor's part, so what the demo brings along is the colleague's work: the owner's first steps are still to be made.</remarks>
internal sealed class DemoOwner(AppOptions options, PeopleStore people, WorkspaceStore workspaces)
{
    public const string Email = "owner@example.test";
    public const string Password = "holdfast-demo-1";
    public const string UserName = "owner";

    private const string DisplayName = "Maren Holt";
    private const string ColleagueEmail = "jonas@example.test";
    private const string ColleagueUserName = "jonas";
    private const string ColleagueName = "Jonas Vik";
    private const string WorkspaceName = "Kiln & Tide";
    private const string Zone = "Europe/Berlin";

    public bool IsOffered => options is { Demo: true, IsLoopback: true };

    /// <summary>The owner, made on the first call; <c>null</c> where no demo may be offered.</summary>
    public async Task<Person?> EnsureAsync(CancellationToken aborted = default)
    {
        if (!IsOffered)
            return null;
        if (await PersonAsync(UserName, Email, DisplayName, aborted) is not { } owner)
            return null;
        var workspace = await workspaces.OfMemberAsync(owner.Id, aborted) ?? await workspaces.AddAsync(WorkspaceName, Zone, owner.Id, aborted);
        if (await PersonAsync(ColleagueUserName, ColleagueEmail, ColleagueName, aborted) is { } colleague)
            await workspaces.JoinAsync(workspace.Id, colleague.Id, "member", aborted);
        return owner;
    }

    private async Task<Person?> PersonAsync(string userName, string email, string displayName, CancellationToken aborted) =>
        await people.FindByUserNameAsync(userName, aborted)
        ?? (await people.SignUpAsync(new NewPerson(userName, Password, email, displayName), aborted) is SignUpResult.Added(var person)
            ? person
            : await people.FindByUserNameAsync(userName, aborted));
}
