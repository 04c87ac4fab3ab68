using System.Reflection;
using Holdfast.People;
using Holdfast.People.External;
using Holdfast.Platform.Api;
using Holdfast.Platform.Audience;
using Holdfast.Platform.Authorize;
using Holdfast.Platform.Console;
using Holdfast.Platform.DemoIdentity;
using Holdfast.Platform.Developers;
using Holdfast.Platform.Display;
using Holdfast.Platform.Faults;
using Holdfast.Platform.Outbox;
using Holdfast.Platform.Outside;
using Holdfast.Platform.Overrides;
using Holdfast.Platform.Permissions;
using Holdfast.Platform.Pixels;
using Holdfast.Platform.Posting;
using Holdfast.Platform.Profiles;
using Holdfast.Platform.Qr;
using Holdfast.Platform.Requests;
using Holdfast.Platform.Research;
using Holdfast.Platform.Settings;
using Holdfast.Platform.Settings.Security;
using Holdfast.Platform.Shell;
using Holdfast.Platform.SignIn;
using Holdfast.Platform.SignIn.External;
using Holdfast.Platform.SignIn.SecondFactor;
using Holdfast.Platform.Tokens;
using Holdfast.Platform.Webhooks;
using Holdfast.Shell.Hosting;
using Holdfast.Shell.Outside;

namespace Holdfast.Platform;

/// <summary>The TikTok-compatible authorization server, API and tiny video site.</summary>
public static class PlatformApp
{
    public static AppIdentity Identity { get; } = new("platform");

    /// <summary>Builds the whole app, ready for <see cref="AppBuilder.StartReadyAsync"/>.</summary>
    /// <param name="configure">Replaces services, for hosts that bring their own server or database.</param>
    public static WebApplication Build(AppOptions options, TimeProvider clock, Action<WebApplicationBuilder>? configure = null)
    {
        // Without a console nothing of it is there: no faults, no settings over settings, and the clock is the clock.
        var shifted = ConsoleToken.Exists(options) ? new ShiftedClock(clock) : null;
        var builder = AppBuilder.Create(Identity, options, shifted ?? clock, Assemblies);
        // Demo people and demo sign-ins guard nothing: they exist only with demo content and only on loopback.
        var isDemo = options is { Demo: true, IsLoopback: true };
        builder.Services.AddPeople("/login").AddExternalSignIn("Platform:SignIn:Providers").AddDemoIdentity(isDemo);
        builder.Services.AddApiFailures().AddTokens().AddAuthorize().AddQr().AddDevelopers().AddSignIn().AddSettings().AddPermissions().AddProfiles().AddAudience().AddPosting().AddResearch().AddOutside("Platform:Outside").AddSingleton<TxtLookup>().AddWebhooks().AddPixels().AddFactors().AddLinkedAccounts();
        builder.Services.AddFaults().AddRequests();
        if (shifted is not null)
            builder.Services.AddConsole(shifted);
        configure?.Invoke(builder);

        var app = builder.Build();
        // TikTok's clients hard-code its host names (§0), also for uploads.
        app.UseRequests();
        app.UseShell(anyHost: ["/v2", "/open_api", "/video"]);
        app.MapPlatformShell();
        app.MapSignIn(offersDemo: isDemo);
        app.MapExternalSignIn();
        app.MapDemoIdentity(isDemo);
        app.MapSecondFactor();
        app.MapFactors();
        app.MapAuthorize();
        app.MapOAuth();
        app.MapQr();
        app.MapSettings();
        app.MapPermissions();
        app.MapOutbox();
        app.MapDevelopers();
        AppRequests.Map(app);
        app.MapDisplay();
        app.MapPosting();
        app.MapWebhooks();
        app.MapPixels();
        app.MapProfiles();
        app.MapAudience();
        app.MapResearch();
        if (shifted is not null)
            app.MapConsole();
        return app;
    }

    /// <summary>Signs the demo people up and registers the developers' demo app, where demo content is wanted and the Platform listens on loopback. Running it again changes nothing.</summary>
    public static Task SeedDemoAsync(WebApplication app, CancellationToken stopping = default) =>
        app.Services.GetRequiredService<DemoContent>().SeedAsync(stopping);

    /// <summary>Where the console is, with its token where one is asked for: for whoever reads what the program prints. <c>null</c> without a console.</summary>
    public static string? ConsoleAddress(WebApplication app) => app.Services.GetService<ConsoleToken>() is not { } key ? null
        : app.Services.GetRequiredService<AppOptions>().At(key.IsAsked ? $"/console/enter?token={key.Reveal()}" : "/console");

    internal static Assembly[] Assemblies => [typeof(PeopleStore).Assembly, typeof(PlatformApp).Assembly];
}
