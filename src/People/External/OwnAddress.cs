using Holdfast.Shell.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Holdfast.People.External;

/// <summary>This app's own address, as browsers and providers have to know it.</summary>
public sealed class OwnAddress(AppOptions options, IServer server)
{
    /// <summary>Scheme, host and port; on port 0, the port it really got.</summary>
    public string Origin => options.Url.Port != 0
        ? options.At("")
        : server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? options.At("");

    /// <summary>Where a browser that came by <paramref name="request"/> keeps its cookies: this machine has several names, and no other is believed.</summary>
    public string For(HttpRequest request) => options is { IsLoopback: true, IsHttps: false } && request.Host.Host is ("localhost" or "127.0.0.1" or "[::1]")
        ? $"{request.Scheme}://{request.Host}"
        : Origin;
}
