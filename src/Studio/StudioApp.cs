using System.Reflection;
using Holdfast.People;
using Holdfast.Shell.Hosting;
using Holdfast.Storage.Blobs;
using Holdfast.Studio.Accounts;
using Holdfast.Studio.Calendar;
using Holdfast.Studio.Help;
using Holdfast.Studio.Help.Trouble;
using Holdfast.Studio.Home;
using Holdfast.Studio.Media;
using Holdfast.Studio.Notices;
using Holdfast.Studio.Posts;
using Holdfast.Studio.Settings;
using Holdfast.Studio.Shell;
using Holdfast.Studio.SignIn;
using Holdfast.Studio.Status;
using Holdfast.Studio.Webhooks;
using Holdfast.Studio.Workspaces;
using Holdfast.TikTok;

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
        builder.Services.AddNotices();
        builder.Services.AddAccounts();
        builder.Services.AddMedia();
        builder.Services.AddPosts();
        builder.Services.AddWebhooks();
        builder.Services.AddCalendar();
        builder.Services.AddHome();
        builder.Services.AddStatus();
        builder.Services.AddTrouble();
        configure?.Invoke(builder);

        var app = builder.Build();
        app.Services.GetRequiredService<StudioTikTok>().CheckConfiguration();
        app.Services.GetRequiredService<IBlobStore>(); // a setting that makes no sense is told at the start
        app.UseShell();
        app.UseMiddleware<EnterWorkspace>();
        app.MapStudioShell();
        app.MapSignIn();
        app.MapHome();
        app.MapCalendar();
        app.MapHelp();
        app.MapStatus();
        app.MapAccounts();
        app.MapMedia();
        app.MapWebhooks();
        app.MapPosts();
        app.MapNotices();
        app.MapSettings();
        return app;
    }

    /// <summary>Stores which app this installation is at TikTok, the secret sealed. Doing it again replaces it; configuration under <c>TikTok:</c> stands before it.</summary>
    /// <remarks>The redirect URI to register is <see cref="ConnectRedirectUri"/>.</remarks>
    public static Task ConfigureTikTokAsync(this WebApplication app, TikTokEndpoints endpoints, string clientKey, string clientSecret) =>
        app.Services.GetRequiredService<StudioTikTok>().SaveAsync(endpoints, new ClientCredentials(clientKey, new ClientSecret(clientSecret)));

    /// <summary>Whether accounts can be connected: a client key is stored or configured.</summary>
    public static Task<bool> HasTikTokAsync(this WebApplication app) => app.Services.GetRequiredService<StudioTikTok>().HasAsync();

    /// <summary>What TikTok sends people back to, to be registered character by character.</summary>
    public static string ConnectRedirectUri(AppOptions options) => options.At("/connect/tiktok/callback/");

    /// <summary>Where TikTok tells of removals and posts, to be entered at the app as its callback URL.</summary>
    public static string WebhookUrl(AppOptions options) => options.At(WebhookEndpoint.Path);

    /// <summary>Makes the demo owner and workspace, once; does nothing where no demo may be offered.</summary>
    public static async Task SeedDemoAsync(this WebApplication app) => await app.Services.GetRequiredService<DemoOwner>().EnsureAsync();

    /// <summary>The one-time token of <c>/setup</c>, for the console; <c>null</c> once there is an owner.</summary>
    public static async Task<string?> SetupTokenAsync(this WebApplication app) =>
        await app.Services.GetRequiredService<WorkspaceStore>().AnyAsync() ? null : app.Services.GetRequiredService<SetupToken>().Reveal();

    internal static Assembly[] Assemblies => [typeof(PeopleStore).Assembly, typeof(StudioApp).Assembly];
}
