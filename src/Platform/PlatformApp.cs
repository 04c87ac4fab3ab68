using System.Reflection;
using Holdfast.People;
using Holdfast.Platform.Audience;
using Holdfast.Platform.Authorize;
using Holdfast.Platform.Developers;
using Holdfast.Platform.Display;
using Holdfast.Platform.Permissions;
using Holdfast.Platform.Posting;
using Holdfast.Platform.Profiles;
using Holdfast.Platform.Shell;
using Holdfast.Platform.SignIn;
using Holdfast.Platform.Tokens;
using Holdfast.Shell.Hosting;

namespace Holdfast.Platform;

/// <summary>The TikTok-compatible authorization server, API and tiny video site.</summary>
public static class PlatformApp
{
    public static AppIdentity Identity { get; } = new("platform");

    /// <summary>Builds the whole app, ready for <see cref="AppBuilder.StartReadyAsync"/>.</summary>
    /// <param name="configure">Replaces services, for hosts that bring their own server or database.</param>
    public static WebApplication Build(AppOptions options, TimeProvider clock, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = AppBuilder.Create(Identity, options, clock, Assemblies);
        builder.Services.AddPeople("/login");
        builder.Services.AddTokens().AddAuthorize().AddDevelopers().AddSignIn().AddPermissions().AddProfiles().AddAudience().AddPosting();
        configure?.Invoke(builder);

        var app = builder.Build();
        app.UseShell();
        app.MapPlatformShell();
        app.MapSignIn(offersDemo: options is { Demo: true, IsLoopback: true });
        app.MapAuthorize();
        app.MapOAuth();
        app.MapPermissions();
        app.MapDevelopers();
        app.MapDisplay();
        app.MapPosting();
        app.MapProfiles();
        app.MapAudience();
        return app;
    }

    /// <summary>Signs the demo people up and registers the developers' demo app, where demo content is wanted and the Platform listens on loopback. Running it again changes nothing.</summary>
    public static Task SeedDemoAsync(WebApplication app, CancellationToken stopping = default) =>
        app.Services.GetRequiredService<DemoContent>().SeedAsync(stopping);

    internal static Assembly[] Assemblies => [typeof(PeopleStore).Assembly, typeof(PlatformApp).Assembly];
}
