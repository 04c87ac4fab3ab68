using System.Net;
using System.Net.NetworkInformation;
using Holdfast.Cli.Up;
using Holdfast.Shell.Hosting;
using Holdfast.TikTok;

namespace Holdfast.Cli.Doctor;

/// <summary>Whether the apps run where they should, or somebody else sits on their ports.</summary>
internal static class RunningChecks
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <returns>The checks, and whether the Platform answers.</returns>
    public static async Task<(IReadOnlyList<Check> Checks, bool HasPlatform)> OfAsync(UpSettings up, TimeProvider clock, CancellationToken stopping)
    {
        var handler = TikTokHttp.CreateHandler();
        handler.UseProxy = false; // it is on this machine
        using var http = TikTokHttp.CreateClient(handler);
        List<Check> checks = [await OneAsync(http, "Studio", "studio", up.Listen, up.StudioPort, up.Studio, clock, stopping)];
        if (!up.TikTok)
            checks.Add(await OneAsync(http, "The Platform", "platform", up.Listen, up.PlatformPort, up.Platform, clock, stopping));
        return (checks, checks.Any(check => check is { Name: "platform", Says: var says } && says.Contains(" runs at ", StringComparison.Ordinal)));
    }

    private static async Task<Check> OneAsync(HttpClient http, string title, string name, IPAddress? listen, int port, AppOptions options, TimeProvider clock, CancellationToken stopping)
    {
        var at = $"http://{(listen is null || IsAny(listen) || IPAddress.IsLoopback(listen) ? $"localhost:{port}" : new IPEndPoint(listen, port))}";
        if (await AskAsync(http, at + "/health/live", clock, stopping) is (200, "live"))
        {
            return await AskAsync(http, at + "/health/ready", clock, stopping) switch
            {
                (200, _) => Check.Ok(name, $"{title} runs at {at} and is ready{(options.Url.Port == port ? "" : $", known as {options.At("")}")}."),
                (_, var said) => Check.Fail(name, $"{title} runs at {at}, but {said}.", "Look at the database below, and at the program's log."),
            };
        }
        var others = IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Where(listener => listener.Port == port).ToList();
        if (others.Exists(other => IsInTheWay(other.Address, listen)))
            return Check.Fail(name, $"{title} does not run, and another program has port {port}.", $"Stop that program, or choose another port with --{name}-port.");
        foreach (var other in others)
        {
            if (await AskAsync(http, $"http://{other}/health/live", clock, stopping) is (200, "live"))
                return Check.Warn(name, $"{title} does not run at {at}, but Holdfast answers at http://{other}.", "Start doctor with the options that up was started with, --listen among them.");
        }
        return Check.Ok(name, $"{title} does not run; port {port} is free.");
    }

    /// <summary>Two programs may have one port at two addresses of the machine.</summary>
    private static bool IsInTheWay(IPAddress other, IPAddress? listen) =>
        IsAny(other) || (listen is null ? IPAddress.IsLoopback(other) : IsAny(listen) || listen.Equals(other.IsIPv4MappedToIPv6 ? other.MapToIPv4() : other));

    private static bool IsAny(IPAddress address) => address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any);

    private static async Task<(int Status, string Said)> AskAsync(HttpClient http, string address, TimeProvider clock, CancellationToken stopping)
    {
        using var limit = new CancellationTokenSource(Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stopping);
        try
        {
            using var answer = await http.GetAsync(address, either.Token);
            return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(either.Token));
        }
        catch (Exception silence) when (silence is HttpRequestException || (silence is OperationCanceledException && !stopping.IsCancellationRequested))
        {
            return (0, "it does not answer");
        }
    }
}
