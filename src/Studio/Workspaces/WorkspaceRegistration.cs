namespace Holdfast.Studio.Workspaces;

internal static class WorkspaceRegistration
{
    public static void AddWorkspaces(this IServiceCollection services) =>
        services.AddSingleton<WorkspaceStore>().AddScoped<CurrentWorkspace>();
}
