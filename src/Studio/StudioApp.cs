using System.Reflection;
using Holdfast.People;
using Holdfast.Shell.Hosting;
using Holdfast.Studio.Accounts;
using Holdfast.Studio.Shell;
using Holdfast.Studio.SignIn;
using Holdfast.Studio.Workspaces;

namespace Holdfast.Studio;

/// <summary>The tool: connect accounts, keep them alive, plan, publish.</summary>
public static class StudioApp
{
    public static AppIdentity Identity { get; } = new("studio");

    /// <summary>Builds the whole app, ready for <see cref="AppBuilder.StartReadyAsync"/>.</summary>
    /// <param name="configure">Replaces services, for hosts that bring their own server, database or TikTok.</param>
    public static WebApplication Build(AppOptions options, TimeProvider clock, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = AppBuilder.Create(Identity, options, clock, Assemblies);
        builder.Services.AddPeople("/sign-in");
        builder.Services.AddSingleton<Theme>();
        builder.Services.AddWorkspaces();
        builder.Services.AddSignIn();
        builder.Services.AddAccounts();
        configure?.Invoke(builder);

        var app = builder.Build();
        app.UseShell();
        app.UseMiddleware<EnterWorkspace>();
        app.MapStudioShell();
        app.MapSignIn();
        return app;
    }

    internal static Assembly[] Assemblies => [typeof(PeopleStore).Assembly, typeof(StudioApp).Assembly];
}
