using System.Net;
using System.Net.Sockets;
using Holdfast.Cli.Up;
using Holdfast.Shell.Hosting;
using Holdfast.Specs.Cli.Doctor;

namespace Holdfast.Specs.Cli;

/// <summary>What a start that is refused leaves behind.</summary>
public sealed class StartSpecs
{
    [Theory]
    [InlineData("studio")]
    [InlineData("platform")]
    public async Task A_start_on_a_port_that_is_taken_makes_no_folder(string app)
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var taken = ((IPEndPoint)other.LocalEndpoint).Port;
        var data = Path.Combine(Path.GetTempPath(), "holdfast-specs", $"never-{taken}");
        var settings = new UpSettings { StudioPort = app is "studio" ? taken : Patient.Free(), PlatformPort = app is "platform" ? taken : Patient.Free(), Data = data };

        var refused = await Assert.ThrowsAsync<StartupException>(() => new RunUp(settings, TestClock.System).RunAsync(CancellationToken.None));

        Assert.StartsWith($"Port {taken} is in use by another program.", refused.Message, StringComparison.Ordinal);
        Assert.EndsWith($"--{app}-port.", refused.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(data));
    }

    [Fact]
    public async Task A_start_that_cannot_keep_the_keys_of_its_forms_is_refused()
    {
        var data = Directory.CreateTempSubdirectory("holdfast-specs").FullName;
        Directory.CreateDirectory(Path.Combine(data, "keys"));
        await File.WriteAllTextAsync(Path.Combine(data, "keys", "studio-cookies"), "in its place");
        var settings = new UpSettings { StudioPort = Patient.Free(), PlatformPort = Patient.Free(), Data = data, Demo = false };

        await Assert.ThrowsAnyAsync<IOException>(() => new RunUp(settings, TestClock.System).RunAsync(CancellationToken.None));
    }
}
