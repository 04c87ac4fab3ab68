namespace Holdfast.Shell.Hosting;

/// <summary>Neither app ends TLS itself. Where its address is https a proxy does, and every request was https on the way that counts.</summary>
internal static class BehindProxy
{
    /// <summary>Without this, a framework that looks at the last few metres refuses secure cookies, and every page with a form fails.</summary>
    /// <remarks>The address decides, not a header: anybody can send a header.</remarks>
    public static void UseSchemeOfAddress(this WebApplication app)
    {
        if (!app.Services.GetRequiredService<AppOptions>().IsHttps)
            return;
        app.Use((context, next) =>
        {
            context.Request.Scheme = Uri.UriSchemeHttps;
            return next(context);
        });
    }
}
