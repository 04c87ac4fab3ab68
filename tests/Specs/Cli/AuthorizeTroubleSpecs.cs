using System.Net;
using System.Net.Sockets;
using System.Text;
using Holdfast.Cli;
using Holdfast.Cli.Authorize;
using Holdfast.Cli.Explain;
using Holdfast.Storage;

namespace Holdfast.Specs.Cli;

/// <summary>What somebody can get wrong around <c>holdfast authorize</c> and <c>holdfast explain</c>: each is a sentence and an exit code, never a stack trace.</summary>
public sealed class AuthorizeTroubleSpecs : IAsyncDisposable
{
    private readonly StringWriter result = new();
    private readonly Talk talk = new();

    public async ValueTask DisposeAsync()
    {
        await result.DisposeAsync();
        await talk.DisposeAsync();
    }

    [Theory]
    [InlineData("70000")]
    [InlineData("-1")]
    [InlineData("0")]
    [InlineData("many")]
    public void A_port_that_is_none_is_refused_by_its_name(string port)
    {
        var error = Assert.Single(AuthorizeCommand.Create(TestClock.System, new SystemSecrets(), Terminal).Parse(["--port", port]).Errors);
        Assert.Equal($"--port takes a port from 1 to 65535, not \"{port}\".", error.Message);
    }

    [Fact]
    public async Task A_temporary_platform_is_not_started_behind_an_https_address() =>
        await RefusesAsync(new() { PlatformUrl = new($"https://localhost:{FreePort()}") }, "a temporary one speaks plain http");

    [Fact]
    public async Task Another_program_on_the_platforms_port_is_no_platform()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var greeting = GreetAsync(other);
        await RefusesAsync(new() { PlatformUrl = new($"http://127.0.0.1:{((IPEndPoint)other.LocalEndpoint).Port}") }, "it is not a Platform");
        await greeting;
    }

    [Fact]
    public async Task A_server_without_a_consent_page_is_no_platform()
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        await using var other = builder.Build();
        other.Run(context =>
        {
            context.Response.StatusCode = context.Request.Path == "/health/live" ? 200 : 404;
            return Task.CompletedTask;
        });
        await other.StartAsync(Aborted);
        await RefusesAsync(new() { PlatformUrl = new(other.Urls.First()) }, "it is not a Platform");
    }

    [Theory]
    [InlineData("https://www.tiktok.com/v2/auth/authorize/?client_key=%1b]0;gotcha%07aw1&scope=%1b[2J&redirect_uri=https%3A%2F%2Fx.test%2F%0Aall%20is%20well&state=%E2%80%AEx")]
    [InlineData("http://localhost:1/c/?error=%1b[2J&error_description=a%0D%0Aall%20is%20well")]
    [InlineData("http://localhost:1/c/?code=a&scopes=%1b[2J%0Aall%20is%20well&state=1")]
    public void An_address_somebody_sent_cannot_command_the_terminal(string address)
    {
        ExplainCommand.Show(Terminal, ExplainAddress.Of(address));
        var shown = result.ToString();
        Assert.DoesNotContain(shown, letter => letter != '\n' && char.IsControl(letter));
        Assert.DoesNotContain('\u202e', shown);
        Assert.DoesNotContain(shown.Split('\n'), line => line.StartsWith("all is well", StringComparison.Ordinal));
    }

    private static CancellationToken Aborted => TestContext.Current.CancellationToken;

    private Terminal Terminal => new(TextReader.Null, result, talk, isInteractive: false);

    private async Task RefusesAsync(AuthorizeSettings settings, string says)
    {
        Assert.Equal(ExitCode.CannotStart, await new RunAuthorize(TestClock.System, new SystemSecrets(), Terminal, _ => null).RunAsync(settings, Aborted));
        Assert.Contains(says, talk.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("Open this link", talk.ToString(), StringComparison.Ordinal);
    }

    private static async Task GreetAsync(TcpListener server)
    {
        using var socket = await server.AcceptTcpClientAsync(Aborted);
        await socket.GetStream().WriteAsync(Encoding.ASCII.GetBytes("SSH-2.0-other\r\n"), Aborted);
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
