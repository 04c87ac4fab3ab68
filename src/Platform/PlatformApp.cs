using System.Reflection;
using Holdfast.People;
using Holdfast.Platform.Authorize;
using Holdfast.Platform.Developers;
using Holdfast.Platform.Display;
using Holdfast.Platform.Posting;
using Holdfast.Platform.Profiles;
using Holdfast.Platform.Permissions;
using Holdfast.Platform.Shell;
using Holdfast.Platform.SignIn;
using Holdfast.Platform.Tokens;
using Holdfast.Shell.Hosting;
using Holdfast.Storage;

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
        builder.Services.AddTokens().AddAuthorize().AddDevelopers().AddSignIn().AddPermissions().AddProfiles().AddPosting();
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
        return app;
    }

    /// <summary>Signs the demo people up and registers the developers' demo app, where demo content is wanted and the Platform listens on loopback. Running it again changes nothing.</summary>
    public static Task SeedDemoAsync(WebApplication app, CancellationToken stopping = default) =>
        app.Services.GetRequiredService<DemoContent>().SeedAsync(stopping);

    /// <summary>Registers an app as the portal does, for the command line.</summary>
    /// <param name="owner">User name of the developer it belongs to; made when there is none, with a password nobody knows.</param>
    /// <param name="desktopRedirects">Loopback addresses, as <c>http://localhost:7400/connect/tiktok/callback/</c>.</param>
    /// <returns>The key and the only copy of the secret.</returns>
    /// <exception cref="ArgumentException">The portal would refuse this app.</exception>
    public static async Task<AppCredentials> RegisterAppAsync(
        WebApplication app, string owner, string name, IReadOnlyList<string> webRedirects, IReadOnlyList<string> desktopRedirects, CancellationToken stopping = default)
    {
        var services = app.Services;
        var person = await services.GetRequiredService<PeopleStore>().FindByUserNameAsync(owner, stopping)
            ?? (await services.GetRequiredService<CreatorAccounts>().SignUpAsync(new NewPerson(owner, Convert.ToHexString(services.GetRequiredService<ISecretSource>().Bytes(32))), stopping) is SignUpResult.Added(var added)
                ? added
                : throw new ArgumentException($"\"{owner}\" cannot own an app.", nameof(owner)));
        RegisteredRedirect[] redirects =
        [
            .. webRedirects.Select(uri => new RegisteredRedirect { Platform = RedirectPlatform.Web, Uri = uri }),
            .. desktopRedirects.Select(uri => new RegisteredRedirect { Platform = RedirectPlatform.Desktop, Uri = uri }),
        ];
        return await services.GetRequiredService<AppRegistry>().RegisterAsync(person.Id, new NewApp(name, redirects, KnownScopes.All), stopping) switch
        {
            RegisterResult.Registered(var registered) => new AppCredentials(registered.ClientKey, registered.ClientSecret),
            RegisterResult.Refused(var problem) => throw new ArgumentException($"The portal refuses this app: {problem.Text} {problem.Value}", nameof(name)),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    internal static Assembly[] Assemblies => [typeof(PeopleStore).Assembly, typeof(PlatformApp).Assembly];
}
