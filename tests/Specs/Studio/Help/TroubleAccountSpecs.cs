using Holdfast.Domain.Trouble;
using Holdfast.Specs.Storage;
using Holdfast.Specs.Studio.Accounts;
using Holdfast.Storage;
using Holdfast.Studio.Accounts;
using Holdfast.Studio.Accounts.Profile;
using Holdfast.Studio.Accounts.Tokens;
using Holdfast.Studio.Help.Trouble;

namespace Holdfast.Specs.Studio.Help;

/// <summary>Why accounts ended: the same word of TikTok's, told apart by what its other answers and our own rows show. On both engines, nothing renewing by itself.</summary>
public sealed class TroubleAccountSpecs
{
    private static readonly FakeAccount Ada = new("open-ada", "Ada");
    private static readonly FakeAccount Bruno = new("open-bruno-2", "Bruno");

    public static TheoryData<Engine> Engines => DatabaseUnderTest.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task Access_that_died_altogether_and_a_token_that_somebody_else_renewed_are_told_apart(Engine engine)
    {
        await using var studio = await StudioUnderTest.CreateAsync(engine);
        var (ada, bruno) = (await studio.ConnectAsync(Ada), await studio.ConnectAsync(Bruno));
        await RenewElsewhereAsync(studio, ada);
        studio.TikTok.Remove(Bruno);
        await RenewAllAsync(studio);

        var causes = await CausesAsync(studio);

        Assert.Equal((Cause.RotatedElsewhere, Cause.AccessGone), (causes[ada], causes[bruno]));
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Access_that_reached_its_end_and_one_a_member_ended_are_told_apart(Engine engine)
    {
        await using var studio = await StudioUnderTest.CreateAsync(engine);
        studio.TikTok.RefreshLifetime = TimeSpan.FromHours(30);
        var (ada, bruno) = (await studio.ConnectAsync(Ada), await studio.ConnectAsync(Bruno));
        await studio.Get<Disconnect>().RunAsync(studio.Workspace, bruno, "Maren");
        studio.Clock.Advance(TimeSpan.FromHours(31));
        await studio.RenewDueAsync();

        var causes = await CausesAsync(studio);

        Assert.Equal((Cause.AccessEnded, Cause.ByMember), (causes[ada], causes[bruno]));
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task The_same_refusal_after_a_long_silence_points_to_old_tokens(Engine engine)
    {
        await using var studio = await StudioUnderTest.CreateAsync(engine);
        var (ada, bruno) = (await studio.ConnectAsync(Ada), await studio.ConnectAsync(Bruno));
        studio.TikTok.Remove(Ada);
        studio.TikTok.Remove(Bruno);
        studio.Clock.Advance(TimeSpan.FromDays(3));
        await studio.RenewDueAsync();

        var diagnosis = await DiagnoseAsync(studio);

        // Two at once: that is not the people.
        Assert.Equal([Cause.RefusedAfterGap, Cause.RefusedAfterGap, Cause.RestoredOrCopied], diagnosis.Findings.Select(finding => finding.Cause).Order());
        Assert.Equal(new[] { ada, bruno }.Order(), diagnosis.Findings.Select(finding => finding.AccountId).OfType<string>().Order());
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_machine_that_is_off_and_one_that_was_are_known_by_what_nobody_renewed(Engine engine)
    {
        await using var studio = await StudioUnderTest.CreateAsync(engine);
        var id = await studio.ConnectAsync(Ada);
        await studio.Get<LookDue>().RunDueAsync(CancellationToken.None); // it has answered once
        await RenewAllAsync(studio);
        Assert.Empty((await DiagnoseAsync(studio)).Findings);
        studio.Clock.Advance(TimeSpan.FromDays(3));
        Assert.Equal(Cause.NotRenewing, (await CausesAsync(studio))[id]);

        await studio.RenewDueAsync();

        Assert.Equal(Cause.WasOff, (await CausesAsync(studio))[id]);
        Assert.False((await DiagnoseAsync(studio)).IsExplained);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task An_account_that_waited_for_its_person_tells_nothing_about_the_machine(Engine engine)
    {
        await using var studio = await StudioUnderTest.CreateAsync(engine);
        var id = await studio.ConnectAsync(Ada);
        await studio.Get<LookDue>().RunDueAsync(CancellationToken.None);
        await RenewAllAsync(studio);
        studio.TikTok.Remove(Ada);
        await RenewAllAsync(studio);
        Assert.Equal("needs-sign-in", (await studio.RowAsync(id)).State);
        studio.Clock.Advance(TimeSpan.FromDays(3));
        await studio.ConnectAsync(Ada);
        await RenewAllAsync(studio);

        Assert.Empty((await DiagnoseAsync(studio)).Findings);

        // With the line of the end gone, the sign-in itself still closes no gap of the machine's.
        await studio.Database.WriteAsync(session => session.RunAsync("delete from connection_event where kind = 'SignInNeeded'"));
        Assert.Empty((await DiagnoseAsync(studio)).Findings);
    }

    [Theory]
    [InlineData("server_error", 502)]
    [InlineData("invalid_client", 401)]
    public async Task A_machine_that_tried_in_vain_for_days_was_not_off(string error, int status)
    {
        await using var studio = await StudioUnderTest.CreateAsync();
        await studio.ConnectAsync(Ada);
        await studio.Get<LookDue>().RunDueAsync(CancellationToken.None);
        await RenewAllAsync(studio);
        studio.TikTok.Fault = (path, _, _) => Task.FromResult<HttpResponseMessage?>(path == "/v2/oauth/token/" ? FakeTikTok.OAuthError(error, status) : null);
        await RenewAllAsync(studio);
        studio.Clock.Advance(TimeSpan.FromDays(2));
        studio.TikTok.Fault = null;
        await studio.RenewDueAsync();

        Assert.DoesNotContain((await DiagnoseAsync(studio)).Findings, finding => finding.Cause is Cause.WasOff);
    }

    [Fact]
    public async Task A_machine_that_wakes_up_and_fails_at_first_was_off_until_then()
    {
        await using var studio = await StudioUnderTest.CreateAsync();
        var id = await studio.ConnectAsync(Ada);
        await studio.Get<LookDue>().RunDueAsync(CancellationToken.None);
        await RenewAllAsync(studio);
        studio.Clock.Advance(TimeSpan.FromDays(3));
        studio.TikTok.Fault = (_, _, _) => throw new HttpRequestException(HttpRequestError.NameResolutionError, "the network comes later");
        await studio.RenewDueAsync();
        studio.TikTok.Fault = null;
        studio.Clock.Advance(TimeSpan.FromMinutes(30));
        await studio.RenewDueAsync();

        Assert.Equal(Cause.WasOff, (await CausesAsync(studio))[id]);
    }

    [Fact]
    public async Task What_a_member_is_shown_is_read_by_an_index_of_their_workspace()
    {
        await using var studio = await StudioUnderTest.CreateAsync();
        foreach (var sql in new[] { AccountsInTrouble.AccountsOf(studio.Workspace), AccountsInTrouble.GapsOf(studio.Workspace) })
        {
            var plan = await studio.Database.ReadAsync(session => session.ListAsync<PlanStep>("explain query plan " + sql, new { workspaceId = studio.Workspace, since = studio.Clock.GetUtcNow(), most = 200 }));
            Assert.Contains(plan, step => step.Detail.Contains("(workspace_id=?)", StringComparison.Ordinal));
            Assert.DoesNotContain(plan, step => step.Detail is "SCAN connection" or "SCAN c" or "SCAN e" || step.Detail.StartsWith("SCAN connection_event", StringComparison.Ordinal));
        }
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Every_stored_secret_is_tried_and_hundreds_are_read_at_once(Engine engine)
    {
        var reads = new Reads();
        await using var studio = await StudioUnderTest.CreateAsync(engine, configure: services => services.AddSingleton(DatabaseUnderTest.Open(engine, reads)));
        var id = await studio.ConnectAsync(Ada);
        // Sealed for another row, so that none of them opens.
        var columns = string.Join(", ", studio.Database.Engine is Engine.Sqlite
            ? await studio.Database.ReadAsync(session => session.ListAsync<string>("select name from pragma_table_info('connection') where name not in ('id', 'open_id')"))
            : await studio.Database.ReadAsync(session => session.ListAsync<string>("select column_name from information_schema.columns where table_schema = current_schema() and table_name = 'connection' and is_generated = 'NEVER' and column_name not in ('id', 'open_id')")));
        await studio.Database.WriteAsync(session => session.RunAsync($"""
            with recursive copy (n) as (select 1 union all select n + 1 from copy where n < 1200)
            insert into connection (id, open_id, {columns}) select 'copy' || cast(n as text), 'open' || cast(n as text), {columns} from connection cross join copy where id = @id
            """, new { id }));
        reads.Count = 0;

        Assert.Equal(new StoredSecrets(1202, 0, 1200), await studio.App.StoredSecretsAsync(CancellationToken.None));
        Assert.InRange(reads.Count, 3, 10);
    }

    [Fact]
    public async Task Looking_changes_nothing_anywhere()
    {
        await using var studio = await StudioUnderTest.CreateAsync();
        var id = await studio.ConnectAsync(Ada);
        await RenewElsewhereAsync(studio, id);
        await RenewAllAsync(studio);
        var (before, renewals) = (await studio.RowAsync(id), studio.TikTok.Renewals);

        foreach (var problem in Enum.GetValues<Problem>())
            await studio.Get<GatherFacts>().RunAsync(problem, new Asking(), CancellationToken.None);

        Assert.Equal((before, renewals, 0), (await studio.RowAsync(id), studio.TikTok.Renewals, studio.TikTok.Count("/v2/oauth/revoke/")));
    }

    private static async Task<Diagnosis> DiagnoseAsync(StudioUnderTest studio) =>
        Diagnosis.Of(Problem.Disconnects, await studio.Get<GatherFacts>().RunAsync(Problem.Disconnects, new Asking { WorkspaceId = studio.Workspace, PersonId = studio.Owner }, CancellationToken.None));

    private static async Task<Dictionary<string, Cause>> CausesAsync(StudioUnderTest studio) =>
        (await DiagnoseAsync(studio)).Findings.Where(finding => finding.AccountId is not null).DistinctBy(finding => finding.AccountId).ToDictionary(finding => finding.AccountId!, finding => finding.Cause);

    /// <summary>A second Studio with a copy of the tokens.</summary>
    private static async Task RenewElsewhereAsync(StudioUnderTest studio, string id)
    {
        var app = (await studio.Get<StudioTikTok>().FindAsync())!;
        var closed = await studio.Database.ReadAsync(session => TokenPair.SealedRefreshAsync(session, id));
        await app.Client.Tokens.RefreshAsync(app.Credentials, studio.Get<TokenPair>().OpenRefresh(closed!, id), CancellationToken.None);
    }

    /// <summary>When every renewal is due, and before any access ends.</summary>
    private static async Task RenewAllAsync(StudioUnderTest studio)
    {
        studio.Clock.Advance(studio.TikTok.AccessLifetime * 0.85);
        await studio.RenewDueAsync();
    }

    private sealed record PlanStep
    {
        public string Detail { get; init; } = "";
    }

    /// <summary>Counts how often the database is gone to.</summary>
    private sealed class Reads : ITransactionProbe
    {
        public int Count { get; set; }

        public Task BeforeAsync()
        {
            Count++;
            return Task.CompletedTask;
        }

        public Task AfterCommitAsync() => Task.CompletedTask;
    }
}
