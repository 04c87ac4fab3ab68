using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Holdfast.People;
using Holdfast.Shell.Hosting;
using Holdfast.Specs.Platform.Authorize;

namespace Holdfast.Specs.Platform.Attacks;

/// <summary>Reads letters as a person does: on the outbox page.</summary>
internal static partial class Letters
{
    /// <summary>Somebody whose address, <c>name@example.test</c>, was proven by a letter.</summary>
    public static async Task<Person> ReachableAsync(this PlatformUnderTest platform, string userName)
    {
        var person = await platform.PersonAsync(userName);
        using var browser = platform.Visitor();
        await browser.LogInAsync(userName);
        await browser.SubmitAsync(await browser.GetAsync("/settings/security"), "/settings/security/email/again");
        await browser.SubmitAsync(await browser.GetAsync("/settings/security"), "/settings/security/email/code", ("code", await platform.CodeToAsync($"{userName}@example.test")));
        return person;
    }

    public static async Task<IReadOnlyList<string>> LettersToAsync(this PlatformUnderTest platform, string address)
    {
        using var reader = platform.Visitor();
        platform.Clock.Advance(TimeSpan.FromSeconds(1)); // what is written from now on is newer
        return [.. (await reader.GetAsync("/outbox")).Page.QuerySelectorAll("section.card").Where(card => card.TextContent.Contains("To " + address, StringComparison.Ordinal)).Select(card => card.TextContent)];
    }

    /// <summary>The newest code somebody was written.</summary>
    public static async Task<string> CodeToAsync(this PlatformUnderTest platform, string address) =>
        Code().Match((await platform.LettersToAsync(address))[0]).Groups[1].Value;

    /// <summary>A visitor from another network address; this machine has sixteen million of its own.</summary>
    public static Visitor VisitorFrom(this PlatformUnderTest platform, int host) => new(platform.App.BoundAddress(), async (context, aborted) =>
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(new IPAddress([127, 9, (byte)(host / 250), (byte)((host % 250) + 2)]), 0));
        await socket.ConnectAsync(IPAddress.Loopback, context.DnsEndPoint.Port, aborted);
        return new NetworkStream(socket, ownsSocket: true);
    });

    [GeneratedRegex(@"Code: (\d{6})")]
    private static partial Regex Code();
}
