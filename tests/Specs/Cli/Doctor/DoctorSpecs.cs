using System.Net;
using System.Net.Sockets;
using Holdfast.Cli.Doctor;
using Holdfast.Domain.Trouble;
using Holdfast.Specs.Storage;
using Holdfast.Specs.Studio.Accounts;
using Holdfast.Storage;
using Fake = Holdfast.Specs.Studio.Accounts.FakeTikTok;

namespace Holdfast.Specs.Cli.Doctor;

/// <summary><c>holdfast doctor</c> on data that a real Studio left: whole, then with one thing broken at a time.</summary>
public sealed class DoctorSpecs : IAsyncLifetime
{
    private Patient patient = null!; // made before every spec

    public async ValueTask InitializeAsync() => patient = await Patient.CreateAsync();

    public ValueTask DisposeAsync()
    {
        patient.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Where_everything_is_as_it_should_be_it_says_so_and_ends_with_zero()
    {
        patient.Accepts();

        var (exit, said, checks) = await patient.ExamineAsync();

        Assert.True(exit == 0, said);
        Assert.All(checks, check => Assert.Equal("ok", Patient.Read(check).State));
        string[] names = ["settings", "data", "space", "disk", "studio", "platform", "media", "mail", "keys", "database", "secrets", "tiktok", "app", "redirect", "connections", "popup", "sign-in", "authorize", "disconnects"];
        Assert.Equal(names, checks.Select(check => check.GetProperty("name").GetString()).Distinct());
        Assert.EndsWith("Everything is as it should be.\n", (await patient.ExamineAsync(json: false)).Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_changes_nothing_and_shows_no_secret()
    {
        var before = Fingerprint();
        patient.Settings["Mail:Host"] = "localhost";
        patient.Settings["Mail:From"] = "a@example.test";
        patient.Settings["Mail:Password"] = "mail-secret";
        patient.Up = patient.Up with { Database = null };

        var said = (await patient.ExamineAsync(json: false)).Said + (await patient.ExamineAsync()).Said;

        Assert.Equal(before, Fingerprint());
        foreach (var secret in new[] { Fake.ClientSecret, "mail-secret", "clt.specs", "act.", "rft.", await File.ReadAllTextAsync(Path.Combine(patient.Data, "keys", "studio-master")) })
            Assert.DoesNotContain(secret.Trim(), said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_failure_comes_with_its_next_step_and_ends_with_two()
    {
        patient.TikTok.Secret = "another one";

        var (exit, said, _) = await patient.ExamineAsync(json: false);

        Assert.Equal(2, exit);
        Assert.Contains("FAIL  app          TikTok does not accept client key and secret (invalid_client).\n                    Copy both again", said, StringComparison.Ordinal);
        Assert.Contains("The client secret is wrong, as above.", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_that_is_not_there_is_made_by_nobody()
    {
        var nowhere = Path.Combine(patient.Data, "nowhere");
        patient.Up = patient.Up with { Data = nowhere };

        Assert.Equal("warn", Assert.Single(await patient.ExamineAsync("data")).State);
        Assert.False(Directory.Exists(nowhere));
    }

    [Fact]
    public async Task A_damaged_note_of_what_the_folder_is_for_is_named()
    {
        await File.WriteAllTextAsync(Path.Combine(patient.Data, "holdfast.json"), "{ half");

        Assert.Contains(await patient.ExamineAsync("data"), check => check.State == "fail" && check.Says.Contains("holdfast.json", StringComparison.Ordinal));
    }

    [Fact]
    public void A_folder_that_takes_no_files_is_named() =>
        Assert.Contains(FolderChecks.Of("/proc/self", patient.Clock), check => check.State is CheckState.Fail && check.Says.Contains("cannot be written", StringComparison.Ordinal));

    [Theory]
    [InlineData(100L << 20, nameof(CheckState.Fail))]
    [InlineData(1L << 30, nameof(CheckState.Warn))]
    [InlineData(50L << 30, nameof(CheckState.Ok))]
    public void Little_room_is_told_before_there_is_none(long free, string state) => Assert.Equal(state, FolderChecks.Space(free).State.ToString());

    [Theory]
    [InlineData(4, nameof(CheckState.Ok))]
    [InlineData(120, nameof(CheckState.Warn))]
    public void A_disk_that_takes_its_time_is_told(int milliseconds, string state) => Assert.Equal(state, FolderChecks.Speed(TimeSpan.FromMilliseconds(milliseconds)).State.ToString());

    [Fact]
    public async Task Somebody_elses_program_on_our_port_is_told_from_our_own_and_from_nobody()
    {
        Assert.Contains("does not run; port", Assert.Single(await patient.ExamineAsync("studio")).Says, StringComparison.Ordinal);

        using var other = new TcpListener(IPAddress.Loopback, patient.Up.StudioPort);
        other.Start();
        _ = other.AcceptTcpClientAsync().ContinueWith(accepted => accepted.Result.Dispose(), TaskScheduler.Default);
        Assert.Equal("fail", Assert.Single(await patient.ExamineAsync("studio")).State);
        other.Stop();

        await using var studio = patient.Build();
        await Holdfast.Shell.Hosting.AppBuilder.StartReadyAsync(studio);
        var running = Assert.Single(await patient.ExamineAsync("studio"));
        Assert.Equal("ok", running.State);
        Assert.Contains("is ready", running.Says, StringComparison.Ordinal);
        Assert.Equal("ok", (await patient.ExamineAsync("database"))[^1].State); // beside the running one
        await studio.StopAsync();
    }

    [Fact]
    public async Task Keys_that_others_can_read_are_gone_or_are_none_are_three_things()
    {
        var path = Path.Combine(patient.Data, "keys", "studio-master");
        OpenToOthers(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
        Assert.Contains(await patient.ExamineAsync("keys"), check => check.State == "fail" && check.Next == $"chmod 600 {path}");

        await File.WriteAllTextAsync(path, "no key at all");
        Assert.Contains(await patient.ExamineAsync("keys"), check => check.State == "fail" && check.Says.Contains("no key", StringComparison.Ordinal));

        File.Delete(path);
        Assert.Contains(await patient.ExamineAsync("keys"), check => check.State == "fail" && check.Says.Contains("is not there", StringComparison.Ordinal));
        Assert.False(File.Exists(path)); // looking for a key makes none

        patient.Settings["KEYS"] = "bm90IDMyIGJ5dGVz";
        Assert.Contains(await patient.ExamineAsync("keys"), check => check.State == "fail" && check.Says.Contains("HOLDFAST_KEYS", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_key_folder_that_others_can_enter_is_named()
    {
        var folder = Path.Combine(patient.Data, "keys");
        OpenToOthers(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute);

        Assert.Contains(await patient.ExamineAsync("keys"), check => check.Next == $"chmod 700 {folder}");
    }

    [Fact]
    public async Task A_key_that_opens_nothing_here_and_a_secret_that_was_changed_are_told_apart()
    {
        await patient.RunSqlAsync("update connection set refresh_token = access_token");
        Assert.Contains("1 of 2 stored secrets do not open", Assert.Single(await patient.ExamineAsync("secrets")).Says, StringComparison.Ordinal);

        await File.WriteAllTextAsync(Path.Combine(patient.Data, "keys", "studio-master"), Convert.ToBase64String(new SystemSecrets().Bytes(32)));
        var missing = Assert.Single(await patient.ExamineAsync("secrets"));
        Assert.Equal("fail", missing.State);
        Assert.Contains("2 of 2 stored secrets were sealed with a key that is not here", missing.Says, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_of_another_version_is_told_in_either_direction()
    {
        await patient.RunSqlAsync("insert into migration (name, applied_at) values ('Holdfast.Studio/9999-later.sql', 0)");
        Assert.Contains(await patient.ExamineAsync("database"), check => check.State == "fail" && check.Says.Contains("newer Holdfast", StringComparison.Ordinal));

        await patient.RunSqlAsync("delete from migration where name like '%9999%' or name like 'Holdfast.Studio/0003%'");
        Assert.Contains(await patient.ExamineAsync("database"), check => check.State == "fail" && check.Says.Contains("0003-post-history.sql", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_database_that_takes_no_writes_and_one_that_is_none_are_named()
    {
        await patient.RunSqlAsync("create trigger full before insert on migration begin select raise(abort, 'the disk is full'); end");
        Assert.Contains(await patient.ExamineAsync("database"), check => check.State == "fail" && check.Says.Contains("takes no writes", StringComparison.Ordinal));

        await File.WriteAllTextAsync(Path.Combine(patient.Data, "studio.db"), new string('x', 9000));
        Assert.Contains(await patient.ExamineAsync("database"), check => check.State == "fail" && check.Says.StartsWith("studio:", StringComparison.Ordinal));
    }

    [Fact]
    public async Task PostgreSQL_that_does_not_answer_is_told_without_its_password()
    {
        patient.Up = patient.Up with { Database = $"Host=127.0.0.1;Port={Patient.Free()};Username=u;Password=hidden-one;Database=d;Timeout=3" };

        var (exit, said, checks) = await patient.ExamineAsync();

        Assert.Equal(2, exit);
        Assert.Contains(checks.Select(Patient.Read), check => check.State == "fail" && check.Says.Contains("PostgreSQL is not reached", StringComparison.Ordinal));
        Assert.DoesNotContain("hidden-one", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PostgreSQL_without_our_database_is_told_from_one_that_does_not_answer()
    {
        if (DatabaseUnderTest.PostgresServer is not { } server)
            return; // only where ./test started one
        patient.Up = patient.Up with { Database = new Npgsql.NpgsqlConnectionStringBuilder(server) { Database = "no_such_database" }.ConnectionString };

        Assert.Contains(await patient.ExamineAsync("database"), check => check.Says.Contains("no such PostgreSQL database", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Settings_that_contradict_each_other_are_told_in_the_words_of_up()
    {
        patient.Up = patient.Up with { Listen = IPAddress.Any };

        Assert.Contains(await patient.ExamineAsync("settings"), check => check.State == "fail" && check.Says.Contains("--studio-url", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Overdue_renewals_and_ends_that_come_are_counted()
    {
        Assert.Equal("1 live.", Assert.Single(await patient.ExamineAsync("connections")).Says);

        patient.Clock.Advance(TimeSpan.FromDays(340));
        var late = await patient.ExamineAsync("connections");

        Assert.Contains(late, check => check.State == "warn" && check.Says.Contains("most overdue renewal", StringComparison.Ordinal));
        Assert.Contains(late, check => check.State == "warn" && check.Says.StartsWith("1 end within 30 days", StringComparison.Ordinal));
    }

    [Fact]
    public async Task One_problem_is_looked_at_alone_and_an_accounts_end_is_no_failure_of_the_installation()
    {
        patient.TikTok.Remove(new FakeAccount("open-ada", "Ada"));
        await using (var app = patient.Build())
            await app.Services.GetRequiredService<Holdfast.Studio.Accounts.Profile.LookDue>().RunDueAsync(CancellationToken.None);

        var (exit, _, checks) = await patient.ExamineAsync(Problem.Disconnects);

        var check = Patient.Read(Assert.Single(checks));
        Assert.Equal((0, "warn"), (exit, check.State));
        Assert.Contains("access was removed at TikTok", check.Says, StringComparison.Ordinal);
        Assert.Contains("log-invalid_grant", check.Says, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Problem.Popup)]
    [InlineData(Problem.SignIn)]
    [InlineData(Problem.Authorize)]
    public async Task A_problem_without_a_cause_says_where_else_to_look(Problem problem)
    {
        var check = Patient.Read(Assert.Single((await patient.ExamineAsync(problem)).Checks));

        Assert.StartsWith("Nothing found", check.Says, StringComparison.Ordinal);
    }

    private static void OpenToOthers(string path, UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, mode);
    }

    /// <summary>Every file but the databases', and every row of those.</summary>
    private string Fingerprint()
    {
        var files = Directory.EnumerateFiles(patient.Data, "*", SearchOption.AllDirectories).Where(file => !file.Contains(".db", StringComparison.Ordinal)).Order(StringComparer.Ordinal);
        using var database = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={Path.Combine(patient.Data, "studio.db")};Pooling=false");
        database.Open();
        var rows = new List<string>();
        foreach (var table in new[] { "migration", "connection", "connect_attempt", "incident", "connection_event", "tiktok_app", "session", "activity" })
        {
            using var command = database.CreateCommand();
            command.CommandText = $"select * from {table}";
            using var reader = command.ExecuteReader();
            while (reader.Read())
                rows.Add(table + string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(i => reader.GetValue(i) is byte[] bytes ? Convert.ToHexString(bytes) : $"{reader.GetValue(i)}")));
        }
        return string.Join('\n', files.Select(file => $"{file} {Convert.ToHexString(File.ReadAllBytes(file))}").Concat(rows));
    }
}
