using Holdfast.People;
using Holdfast.Shell.Hosting;
using Holdfast.Studio.Workspaces;

namespace Holdfast.Studio.SignIn;

/// <summary>The fictional owner of the demo workspace; exists only with demo content and only on loopback.</summary>
internal sealed class DemoOwner(AppOptions options, PeopleStore people, WorkspaceStore workspaces)
{
    public const string Email = "owner@example.test";
    public const string Password = "holdfast-demo-1";
    public const string UserName = "owner";

    private const string DisplayName = "Maren Holt";
    private const string WorkspaceName = "Kiln & Tide";
    private const string Zone = "Europe/Berlin";

    public bool IsOffered => options is { Demo: true, IsLoopback: true };

    /// <summary>The owner, made on the first call; <c>null</c> where no demo may be offered.</summary>
    public async Task<Person?> EnsureAsync(CancellationToken aborted = default)
    {
        if (!IsOffered)
            return null;
        var owner = await people.FindByUserNameAsync(UserName, aborted)
            ?? await people.SignUpAsync(new NewPerson(UserName, Password, Email, DisplayName), aborted) switch
            {
                SignUpResult.Added(var person) => person,
                _ => await people.FindByUserNameAsync(UserName, aborted),
            };
        if (owner is not null && await workspaces.OfMemberAsync(owner.Id, aborted) is null)
            await workspaces.AddAsync(WorkspaceName, Zone, owner.Id, aborted);
        return owner;
    }
}
