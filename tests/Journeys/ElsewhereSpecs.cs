using System.Net;
using Holdfast.Journeys.Stage;
using Npgsql;

namespace Holdfast.Journeys;

/// <summary><c>up</c> where other people reach it, and on a PostgreSQL that others run.</summary>
public sealed class ElsewhereSpecs
{
    private const string StudioUrl = "https://studio.example.test";
    private const string PlatformUrl = "https://platform.example.test";
    private static readonly string[] Open = ["--listen", "0.0.0.0", "--studio-url", StudioUrl, "--platform-url", PlatformUrl];
    private static readonly CancellationToken Cancelled = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Behind_a_proxy_that_ends_tls_both_answer_under_their_https_names_with_secure_cookies()
    {
        await using var holdfast = await HoldfastProcess.UpAsync(more: Open);
        var lines = await holdfast.LinesUntilAsync("Ctrl-C stops.");

        Assert.Equal([$"Studio ready at {StudioUrl}", $"Platform ready at {PlatformUrl}"], lines.Take(2));
        Assert.Contains(lines, line => line.StartsWith($"Open {StudioUrl}/setup?token=", StringComparison.Ordinal));
        Assert.DoesNotContain(lines, line => line.Contains("demo", StringComparison.Ordinal));
        var token = lines.SelectMany(line => line.Split(' ')).Single(word => word.Contains("/setup?token=", StringComparison.Ordinal)).Split("token=")[1];
        await ShowsFormAsync($"http://127.0.0.1:{holdfast.StudioPort}/setup?token={token}");
        await ShowsFormAsync($"http://127.0.0.1:{holdfast.PlatformPort}/login");
        Assert.Equal(0, await holdfast.StopAsync());
    }

    [Fact]
    public async Task A_folder_begun_for_others_never_gets_people_whose_passwords_everybody_knows()
    {
        await using var first = await HoldfastProcess.UpAsync(more: Open);
        await first.StopAsync();

        await using var second = await HoldfastProcess.UpAsync(first.Data, first.StudioPort, first.PlatformPort);

        Assert.DoesNotContain(await second.LinesUntilAsync("Ctrl-C stops."), line => line.Contains("owner@example.test", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("up")]
    [InlineData("studio")]
    [InlineData("platform")]
    public async Task A_folder_with_the_demo_is_not_opened_to_others(string command)
    {
        var data = NewFolder();
        await File.WriteAllTextAsync(Path.Combine(data, "holdfast.json"), """{"tikTok":false,"demo":true,"isSeeded":true}""", Cancelled);
        var names = command switch { "studio" => Open[..4], "platform" => [.. Open[..2], .. Open[4..]], _ => Open };

        await RefusesAsync("holds the demo, whose passwords everybody knows, so it is for this machine alone. Choose another folder with --data.", [command, "--data", data, .. names]);
    }

    [Theory]
    [InlineData("--listen 0.0.0.0 opens Studio to the network, so it has to know its address there: add --studio-url", "--listen", "0.0.0.0")]
    [InlineData("--listen 0.0.0.0 opens the Platform to the network, so it has to know its address there: add --platform-url", "--listen", "0.0.0.0", "--studio-url", StudioUrl)]
    [InlineData("http://studio.example.test/ is plain http and not on this machine: passwords and tokens would cross the network in the clear. Give the https address of the proxy", "--studio-url", "http://studio.example.test")]
    [InlineData("which is plain http and not on this machine. Give --platform-url an https address.", "--allow-plain-http", "--platform-url", "http://platform.example.test")]
    [InlineData("--listen takes an IP address such as 0.0.0.0, not \"everywhere\"", "--listen", "everywhere")]
    [InlineData("--studio-url takes scheme and host such as https://studio.example.com, not \"studio.example.test/a\"", "--studio-url", "studio.example.test/a")]
    public async Task What_would_be_unsafe_or_unclear_off_this_machine_is_refused(string sentence, params string[] arguments) =>
        await RefusesAsync(sentence, ["up", "--no-demo", "--data", NewFolder(), "--studio-port", $"{HoldfastProcess.FreePort()}", "--platform-port", $"{HoldfastProcess.FreePort()}", .. arguments]);

    [Fact]
    public async Task On_postgresql_the_second_start_finds_what_the_first_wrote()
    {
        Assert.SkipWhen(Environment.GetEnvironmentVariable("HOLDFAST_TEST_POSTGRES") is null, "./test starts a PostgreSQL.");
        var server = Environment.GetEnvironmentVariable("HOLDFAST_TEST_POSTGRES")!; // not null, as just seen
        var name = $"journey{HoldfastProcess.FreePort()}";
        await SqlAsync(server, $"create database {name}");
        try
        {
            var database = new NpgsqlConnectionStringBuilder(server) { Database = name, Pooling = true }.ConnectionString;
            await using var first = await HoldfastProcess.UpAsync(null, null, null, "--no-demo", "--database", database);
            var owner = await Web.SetUpAsync(first);
            Assert.Equal(0, await first.StopAsync());
            Assert.Empty(Directory.GetFiles(first.Data, "*.db"));

            await using var second = await HoldfastProcess.UpAsync(first.Data, first.StudioPort, first.PlatformPort, "--database", database);

            Assert.DoesNotContain(await second.LinesUntilAsync("Ctrl-C stops."), line => line.Contains("/setup", StringComparison.Ordinal));
            Assert.Equal(HttpStatusCode.Redirect, await Web.SignInAsync(second, owner));
            Assert.Equal(0, await second.StopAsync());
        }
        finally
        {
            await SqlAsync(server, $"drop database {name} with (force)");
        }
    }

    [Fact]
    public async Task A_postgresql_that_does_not_answer_is_told_without_its_password() =>
        await RefusesAsync("The database cannot be used", ["up", "--data", NewFolder(), "--database", $"Host=127.0.0.1;Port={HoldfastProcess.FreePort()};Username=holdfast;Password=not-for-the-screen"]);

    private static async Task ShowsFormAsync(string address)
    {
        using var page = await Web.Client.GetAsync(address, Cancelled);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.All(page.Headers.GetValues("Set-Cookie"), cookie => Assert.Contains("; secure", cookie, StringComparison.OrdinalIgnoreCase));
    }

    private static async Task RefusesAsync(string sentence, string[] arguments)
    {
        var (code, output, errors) = await HoldfastProcess.RunAsync(arguments);
        Assert.Equal((1, ""), (code, output));
        Assert.Contains(sentence, errors, StringComparison.Ordinal);
        Assert.Single(errors.TrimEnd().Split('\n'));
        Assert.DoesNotContain("not-for-the-screen", errors, StringComparison.Ordinal);
    }

    private static async Task SqlAsync(string server, string statement)
    {
        await using var connection = new NpgsqlConnection(server);
        await connection.OpenAsync(Cancelled);
        await using var command = new NpgsqlCommand(statement, connection);
        await command.ExecuteNonQueryAsync(Cancelled);
    }

    private static string NewFolder() => Directory.CreateTempSubdirectory("holdfast-elsewhere").FullName;
}
