using System.Net;
using System.Net.Sockets;
using Holdfast.Cli.Doctor;
using Holdfast.Domain.Trouble;

namespace Holdfast.Specs.Cli.Doctor;

/// <summary>What a round of <c>holdfast doctor</c> makes of what it may not see, of what breaks under its hands, and of news that are nobody else's.</summary>
public sealed class DoctorRoundSpecs : IAsyncLifetime
{
    private Patient patient = null!; // made before every spec

    public async ValueTask InitializeAsync() => patient = await Patient.CreateAsync();

    public ValueTask DisposeAsync()
    {
        patient.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public void A_folder_that_is_closed_to_whoever_looks_is_not_told_as_empty()
    {
        if (OperatingSystem.IsWindows())
            return;
        var (configuration, above) = (new ConfigurationBuilder().Build(), Path.GetDirectoryName(patient.Data)!); // it has one

        var seen = OtherUser.Looks(patient.Data, () => (Check[])
            [.. FolderChecks.Of(patient.Data, patient.Clock), .. KeyChecks.Of(patient.Data, configuration), DatabaseChecks.Missing("studio", patient.Up)!], above); // there is no look at it

        Assert.Equal(["data", "keys", "database"], seen.Select(check => check.Name));
        Assert.All(seen, check => Assert.Equal(CheckState.Fail, check.State));
        Assert.All(seen, check => Assert.StartsWith($"{patient.Data} is closed to ", check.Says, StringComparison.Ordinal));
        Assert.All(seen, check => Assert.StartsWith("Run doctor as the user that runs Studio.", check.Next, StringComparison.Ordinal));

        var keys = OtherUser.Looks(Path.Combine(patient.Data, "keys"), () => KeyChecks.Of(patient.Data, configuration).ToList(), above, patient.Data);
        Assert.Contains($"{Path.Combine(patient.Data, "keys")} is closed to ", Assert.Single(keys).Says, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keys_that_are_gone_are_not_half_made_again_by_looking()
    {
        var keys = Path.Combine(patient.Data, "keys");
        Directory.Delete(keys, recursive: true);

        var (first, second) = ((await patient.ExamineAsync("keys")), await patient.ExamineAsync("keys"));

        Assert.False(Directory.Exists(keys));
        Assert.Equal(first, second);
    }

    [Fact]
    public async Task A_file_in_the_folders_place_is_told_as_that()
    {
        var file = Path.Combine(patient.Data, "studio.db");
        patient.Up = patient.Up with { Data = file };

        var checks = (await patient.ExamineAsync()).Checks.Select(Patient.Read).ToList();

        Assert.Contains(checks, check => check.State == "fail" && check.Says == $"{file} is a file, not a folder.");
        Assert.DoesNotContain(checks, check => check.Next.Contains("makes it", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_breaks_half_way_is_told_and_takes_nothing_else_along()
    {
        patient.Accepts();
        patient.Settings["Mail:Port"] = "abc";
        await patient.RunSqlAsync("alter table incident rename to gone");

        var (exit, said, checks) = await patient.ExamineAsync();

        Assert.Equal(2, exit);
        var failed = checks.Select(check => (Name: check.GetProperty("name").GetString(), Patient.Read(check).State, Patient.Read(check).Says)).Where(check => check.State == "fail").ToList();
        Assert.Equal(["mail", "studio"], failed.Select(check => check.Name));
        Assert.Contains("incident", failed[1].Says, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", said, StringComparison.Ordinal);
        string[] names = ["settings", "data", "space", "disk", "studio", "platform", "media", "mail", "keys", "database", "secrets", "connections"];
        Assert.Equal(names, checks.Select(check => check.GetProperty("name").GetString()).Distinct());
    }

    [Fact]
    public async Task What_nobody_thought_of_is_told_without_what_it_quotes()
    {
        var round = new Round(CancellationToken.None);

        Assert.False(await round.LookAsync("here", Broken));

        Assert.Equal(["found before", "Looking broke off (InvalidOperationException)."], round.Found.Select(check => check.Says));
        Assert.True(await round.LookAsync("after", () => [Check.Ok("after", "found after")]));

        static IEnumerable<Check> Broken()
        {
            yield return Check.Ok("here", "found before");
            throw new InvalidOperationException("Failed to convert the secret that stood in the wrong variable.");
        }
    }

    [Theory]
    [InlineData("cancelled", "access_denied", "Cancel was pressed at TikTok")]
    [InlineData("other-account", null, "Another account was signed in")]
    [InlineData("failed", "invalid_grant", "The code was too old or used before")]
    [InlineData("failed", "link-over", "The client link is over")]
    [InlineData("failed", "qr-lapsed", "The QR code was refused or ran out")]
    [InlineData("failed", "invalid_client", "The client secret was wrong, and is right now")]
    public async Task What_became_of_one_persons_try_is_told_and_is_no_failure_of_the_installation(string status, string? error, string says)
    {
        patient.Accepts();
        await patient.RunSqlAsync($"update connect_attempt set status = '{status}', error = {(error is null ? "null" : $"'{error}'")}, expected_name = 'Ada', got_name = 'Bruno'");

        var (exit, said, checks) = await patient.ExamineAsync(Problem.Authorize);

        Assert.True(exit == 0, said);
        Assert.Contains(checks.Select(Patient.Read), check => check.State == "warn" && check.Says.StartsWith(says, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_Studio_that_listens_at_one_address_is_asked_there_and_is_no_stranger_to_itself()
    {
        if (Outward() is not { } address)
            return; // a machine without a network
        var (studio, platform) = (new Uri($"http://{address}:{patient.Up.StudioPort}"), new Uri($"http://{address}:{patient.Up.PlatformPort}"));
        patient.Up = patient.Up with { Listen = address, StudioUrl = studio, PlatformUrl = platform, AllowPlainHttp = true };
        // Another program may have the same port at another address.
        using var other = new TcpListener(IPAddress.Loopback, patient.Up.StudioPort);
        other.Start();
        Assert.Contains("does not run; port", Assert.Single(await patient.ExamineAsync("studio")).Says, StringComparison.Ordinal);

        await using var running = patient.Build();
        await Holdfast.Shell.Hosting.AppBuilder.StartReadyAsync(running);
        var check = Assert.Single(await patient.ExamineAsync("studio"));
        other.Stop();
        patient.Up = patient.Up with { Listen = null };
        var elsewhere = Assert.Single(await patient.ExamineAsync("studio"));
        await running.StopAsync();

        Assert.Equal(("warn", "Start doctor with the options that up was started with, --listen among them."), (elsewhere.State, elsewhere.Next));
        Assert.Equal("ok", check.State);
        Assert.Contains($"runs at {studio.GetLeftPart(UriPartial.Authority)} and is ready", check.Says, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_to_others_without_a_mail_server_is_told()
    {
        patient.Up = patient.Up with { StudioUrl = new Uri("https://studio.example.test") };

        var check = Assert.Single(await patient.ExamineAsync("mail"));

        Assert.Equal("warn", check.State);
        Assert.Contains("HOLDFAST_Mail__From", check.Next, StringComparison.Ordinal);
    }

    /// <summary>An address of this machine that others reach.</summary>
    private static IPAddress? Outward() => System.Net.NetworkInformation.NetworkInterface.GetAllNetworkInterfaces()
        .SelectMany(device => device.GetIPProperties().UnicastAddresses)
        .Select(unicast => unicast.Address)
        .FirstOrDefault(address => address.AddressFamily is AddressFamily.InterNetwork && !IPAddress.IsLoopback(address));
}
