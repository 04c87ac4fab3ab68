using Holdfast.People.Sessions;
using Microsoft.AspNetCore.Authorization;

namespace Holdfast.Studio.Workspaces;

/// <summary>Finds the signed-in member's workspace before the endpoint runs.</summary>
internal sealed class EnterWorkspace(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context, CurrentWorkspace current, WorkspaceStore workspaces)
    {
        var isOpen = context.GetEndpoint()?.Metadata.GetMetadata<IAllowAnonymous>() is not null;
        if (!isOpen && context.User.IdOrNull() is { } person && await workspaces.OfMemberAsync(person, context.RequestAborted) is { } workspace)
            current.Enter(workspace);
        await next(context);
    }
}
