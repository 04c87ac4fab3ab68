using System.Reflection;
using Holdfast.People;
using Holdfast.Platform.Authorize;
using Holdfast.Platform.Developers;
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
        builder.Services.AddTokens().AddAuthorize().AddDevelopers();
        configure?.Invoke(builder);

        var app = builder.Build();
        app.UseShell();
        app.MapOAuth();
        return app;
    }

    internal static Assembly[] Assemblies => [typeof(PeopleStore).Assembly, typeof(PlatformApp).Assembly];
}
