namespace Holdfast.Shell.Hosting;

/// <summary>On this machine only its own names are ours: a foreign name that resolves to loopback (DNS rebinding) reaches no page.</summary>
internal static class OwnHosts
{
    public static void AddOwnHosts(this IServiceCollection services, AppOptions options) => services.AddHostFiltering(filter =>
    {
        filter.AllowedHosts = [options.Url.Host, "localhost", "127.0.0.1", "[::1]"];
        filter.IncludeFailureMessage = false; // the error page says it
    });

    /// <param name="open">Protocol paths: clients come to them by names of TikTok's, and bring a secret or token of their own.</param>
    public static void UseOwnHosts(this WebApplication app, string[] open)
    {
        if (app.Services.GetRequiredService<AppOptions>().IsLoopback)
            app.UseWhen(context => !open.Any(path => context.Request.Path.StartsWithSegments(path, StringComparison.OrdinalIgnoreCase)), pages => pages.UseHostFiltering());
    }
}
