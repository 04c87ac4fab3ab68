using Holdfast.Domain.Connections;
using Holdfast.Domain.Posts;
using Holdfast.Specs.Storage;
using Holdfast.Storage;
using Holdfast.Studio.Accounts.KeepAlive;
using Holdfast.Studio.Posts;
using Holdfast.Studio.Workspaces;

namespace Holdfast.Specs.Studio.Accounts;

/// <summary>Scenarios R21 and R22: one account twice, and yesterday's database today.</summary>
public sealed class BackupSpecs
{
    public static TheoryData<Engine> Engines => DatabaseUnderTest.Engines;

    [Theory, MemberData(nameof(Engines)), Trait("scenario", "R22")]
    public async Task R22_after_a_restored_backup_what_still_works_stays_and_the_rest_is_asked_for_in_one_message(Engine engine)
    {
        await using var studio = await StudioUnderTest.CreateAsync(engine);
        var ids = await StormSpecs.ConnectAsync(studio, 9);
        await studio.Get<WatchInstallation>().RunDueAsync(CancellationToken.None);
        var backup = await SaveAsync(studio);

        // The night: five accounts are renewed, a post goes out, and then last evening's rows come back.
        studio.Clock.Advance(TimeSpan.FromHours(8));
        foreach (var id in ids.Take(5))
            await studio.Renewals.RunAsync((await studio.Renewals.ClaimAsync(id, (await studio.RowAsync(id)).GrantedAt, CancellationToken.None))!);
        await studio.Get<WatchInstallation>().RunDueAsync(CancellationToken.None);
        await RestoreAsync(studio, backup);
        var due = await PostAsync(studio, ids[8], studio.Clock.GetUtcNow().AddMinutes(-20));
        var later = await PostAsync(studio, ids[8], studio.Clock.GetUtcNow().AddMinutes(20));

        await using var restarted = await StudioUnderTest.CreateAsync(engine, beside: studio);
        await restarted.Get<WatchInstallation>().RunDueAsync(CancellationToken.None);
        for (var second = 0; second < 20; second++, studio.Clock.Advance(TimeSpan.FromSeconds(1)))
            await restarted.RenewDueAsync();

        foreach (var id in ids.Take(5))
            Assert.Equal(("needs-sign-in", nameof(NeedsSignInReason.BackupRestored)), ((await studio.RowAsync(id)).State, (await studio.RowAsync(id)).StateReason));
        foreach (var id in ids.Skip(5))
            Assert.Equal("live", (await studio.RowAsync(id)).State);
        var incident = Assert.Single(await studio.Get<IncidentStore>().OpenAsync());
        Assert.Equal((Incident.BackupRestored, 5), (incident.Cause, incident.Felt));
        Assert.Single(await IncidentSpecs.ToldAsync(studio, "IncidentBegan"));
        Assert.Empty(await IncidentSpecs.ToldAsync(studio, "NeedsSignIn"));
        // What fell due in the hours nobody remembers may be out already: a person looks.
        Assert.Equal(("Held", "Late"), await StateAsync(studio, due));
        Assert.Equal(("Scheduled", null), await StateAsync(studio, later));

        foreach (var number in Enumerable.Range(0, 5))
            await studio.ConnectAsync(FakeAccount.Number(number), reconnect: ids[number]);
        Assert.Empty(await studio.Get<IncidentStore>().OpenAsync());
    }

    [Theory, MemberData(nameof(Engines)), Trait("scenario", "R22")]
    public async Task R22_a_post_that_waited_when_the_backup_was_made_may_have_gone_out_since_and_a_person_looks(Engine engine)
    {
        await using var studio = await StudioUnderTest.CreateAsync(engine);
        var id = await studio.ConnectAsync(FakeAccount.Number(1));
        var waited = await PostAsync(studio, id, studio.Clock.GetUtcNow().AddHours(-3));
        var held = await PostAsync(studio, id, studio.Clock.GetUtcNow().AddHours(-2));
        await studio.Database.WriteAsync(session => session.RunAsync("update post set state = 'Held', hold = 'DailyCap', next_step_at = @next where id = @held", new { held, next = studio.Clock.GetUtcNow().AddHours(9) }));
        var draft = await PostAsync(studio, id, studio.Clock.GetUtcNow().AddHours(-1), isScheduled: false);
        var later = await PostAsync(studio, id, studio.Clock.GetUtcNow().AddHours(20));
        await studio.Get<WatchInstallation>().RunDueAsync(CancellationToken.None);
        var backup = await SaveAsync(studio);
        studio.Clock.Advance(TimeSpan.FromHours(8));
        await studio.Get<WatchInstallation>().RunDueAsync(CancellationToken.None);
        await RestoreAsync(studio, backup);

        // Before any worker runs: there is none in this one.
        await using var restarted = await StudioUnderTest.CreateAsync(engine, beside: studio, start: true, workers: false);

        Assert.Equal(("Held", "Late"), await StateAsync(studio, waited));
        Assert.Equal(("Held", "Late"), await StateAsync(studio, held));
        Assert.Equal(("Draft", null), await StateAsync(studio, draft));
        Assert.Equal(("Scheduled", null), await StateAsync(studio, later));
    }

    [Fact, Trait("scenario", "R22")]
    public async Task R22_a_database_that_hiccups_at_the_start_is_asked_again_at_once_whether_it_was_put_back()
    {
        await using var studio = await StudioUnderTest.CreateAsync();
        var id = await studio.ConnectAsync(FakeAccount.Number(1));
        await studio.Get<WatchInstallation>().RunDueAsync(CancellationToken.None);
        var backup = await SaveAsync(studio);
        studio.Clock.Advance(TimeSpan.FromHours(8));
        await studio.Get<WatchInstallation>().RunDueAsync(CancellationToken.None);
        await RestoreAsync(studio, backup);
        var due = await PostAsync(studio, id, studio.Clock.GetUtcNow().AddMinutes(-20));

        await using var restarted = await StudioUnderTest.CreateAsync(beside: studio);
        studio.Outage.Last(TimeSpan.FromSeconds(1));
        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => restarted.Get<WatchInstallation>().RunDueAsync(CancellationToken.None));
        studio.Clock.Advance(TimeSpan.FromSeconds(5)); // as soon as a worker that failed tries again
        await restarted.Get<WatchInstallation>().RunDueAsync(CancellationToken.None);

        Assert.Equal(("Held", "Late"), await StateAsync(studio, due));
    }

    [Fact, Trait("scenario", "R22")]
    public async Task R22_an_ordinary_restart_is_no_restored_backup()
    {
        await using var studio = await StudioUnderTest.CreateAsync();
        var id = await studio.ConnectAsync(FakeAccount.Number(1));
        var renewAt = (await studio.RowAsync(id)).RenewAt;
        await studio.Get<WatchInstallation>().RunDueAsync(CancellationToken.None);
        studio.Clock.Advance(TimeSpan.FromHours(2));

        await using var restarted = await StudioUnderTest.CreateAsync(beside: studio);
        await restarted.Get<WatchInstallation>().RunDueAsync(CancellationToken.None);

        Assert.Null(await studio.Database.ReadAsync(RestoredBackup.RestoredAtAsync));
        Assert.Equal(renewAt, (await studio.RowAsync(id)).RenewAt);
    }

    [Fact, Trait("scenario", "R21")]
    public async Task R21_one_account_in_two_workspaces_renews_in_each_and_neither_ends_the_other()
    {
        await using var studio = await StudioUnderTest.CreateAsync();
        var ada = new FakeAccount("open-ada", "Ada");
        var here = await studio.ConnectAsync(ada);
        var elsewhere = await studio.ConnectAsync(ada, workspace: (await studio.Get<WorkspaceStore>().AddAsync("Elsewhere", "Europe/Berlin", studio.Owner)).Id);
        Assert.NotEqual(here, elsewhere);

        for (var day = 0; day < 3; day++)
        {
            studio.Clock.Advance(TimeSpan.FromHours(20));
            await studio.RenewDueAsync();
        }

        foreach (var id in (string[])[here, elsewhere])
        {
            Assert.Equal("live", await studio.Database.ReadAsync(session => session.FirstAsync<string>("select state from connection where id = @id", new { id })));
            Assert.True(studio.TikTok.IsAlive(Assert.IsType<Holdfast.Studio.Accounts.Tokens.AccessTokenAnswer.Usable>(await studio.Tokens.ForAsync(null, id)).Token.Reveal()));
        }
        Assert.Equal(6, studio.TikTok.Renewals);
    }

    private static Task<IReadOnlyList<Saved>> SaveAsync(StudioUnderTest studio) => studio.Database.ReadAsync(session => session.ListAsync<Saved>(
        "select id, access_token, refresh_token, granted_at, access_ends_at, renew_at, (select beat_at from installation) as beat_at from connection"));

    private static Task RestoreAsync(StudioUnderTest studio, IReadOnlyList<Saved> backup) => studio.Database.WriteAsync(async session =>
    {
        foreach (var saved in backup)
            await session.RunAsync("update connection set access_token = @AccessToken, refresh_token = @RefreshToken, granted_at = @GrantedAt, access_ends_at = @AccessEndsAt, renew_at = @RenewAt where id = @Id", saved);
        await session.RunAsync("update installation set beat_at = @BeatAt", backup[0]);
    });

    private static Task<string> PostAsync(StudioUnderTest studio, string connectionId, DateTimeOffset dueAt, bool isScheduled = true) => studio.Get<PostStore>().AddAsync(studio.Workspace, studio.Get<Ulids>().Next(), new PostInput
    {
        ConnectionId = connectionId,
        Caption = "Shelf check",
        Privacy = PrivacyRule.Everyone,
        Zone = "Europe/Berlin",
        DueAt = dueAt,
        IsScheduled = isScheduled,
    }, "Maren");

    private static async Task<(string, string?)> StateAsync(StudioUnderTest studio, string id)
    {
        var post = (await studio.Get<PostStore>().FindAsync(studio.Workspace, id))!;
        return ($"{post.State}", post.Hold?.ToString());
    }

    private sealed record Saved
    {
        public string Id { get; init; } = "";
        public byte[] AccessToken { get; init; } = [];
        public byte[] RefreshToken { get; init; } = [];
        public DateTimeOffset GrantedAt { get; init; }
        public DateTimeOffset AccessEndsAt { get; init; }
        public DateTimeOffset? RenewAt { get; init; }
        public DateTimeOffset? BeatAt { get; init; }
    }
}
