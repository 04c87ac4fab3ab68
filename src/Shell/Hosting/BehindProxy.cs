using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using IPNetwork = System.Net.IPNetwork;

namespace Holdfast.Shell.Hosting;

/// <summary>Neither app ends TLS itself. Where its address is https a proxy does, and every request was https on the way that counts.</summary>
internal static class BehindProxy
{
    private const string Setting = "TrustedProxies";

    /// <summary>Where a proxy stands before us, every request seems to come from it; the ones that the setting names are believed when they say for whom they ask.</summary>
    /// <remarks>Only <c>X-Forwarded-For</c>, read from the right until somebody is named who is no such proxy: what a visitor writes there himself stands further left.</remarks>
    public static void UseTrustedProxies(this WebApplication app)
    {
        var trusted = (app.Configuration[Setting] ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (trusted.Length == 0)
            return; // the framework would take empty lists for "believe everybody"
        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor, ForwardLimit = null };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var one in trusted)
        {
            if (IPAddress.TryParse(one, out var address))
                options.KnownProxies.Add(address);
            else if (IPNetwork.TryParse(one, out var network))
                options.KnownIPNetworks.Add(network);
            else
                throw new StartupException($"HOLDFAST_{Setting} takes addresses and networks with commas between them, for example 10.0.0.2,192.168.7.0/24; \"{one}\" is neither.");
        }
        app.UseForwardedHeaders(options);
    }

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
