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
}
