using Holdfast.Specs.Storage;
using Holdfast.Storage;
using Holdfast.Studio.Accounts.Connect;
using Holdfast.Studio.Accounts.Links;
using Holdfast.TikTok.OAuth;

namespace Holdfast.Specs.Studio.Accounts;

/// <summary>O9: one link, one slot, whoever comes at the same moment.</summary>
public sealed class LinkSlotSpecs
{
    public static TheoryData<Engine> Engines => DatabaseUnderTest.Engines;

    [Theory, MemberData(nameof(Engines)), Trait("scenario", "O9")]
    public async Task O9_of_five_accounts_that_come_by_one_new_link_at_once_one_is_taken_and_nothing_of_the_others_stays(Engine engine)
    {
        await using var studio = await StudioUnderTest.CreateAsync(engine);
        var link = await AddAsync(studio);

        var answers = await Task.WhenAll(Enumerable.Range(1, 5).Select(number => ComeAsync(studio, link, FakeAccount.Number(number))));

        var winner = Assert.Single(answers, answer => answer.Status == AttemptStatus.Connected);
        Assert.All(answers.Except([winner]), answer => Assert.Equal(AttemptStatus.OtherAccount, answer.Status));
        var row = Assert.Single(await studio.Connections.ListAsync(studio.Workspace));
        var after = Assert.Single(await studio.Get<LinkStore>().ListAsync(studio.Workspace));
        Assert.Equal((row.Id, 1), (after.ConnectionId, after.Uses));
        Assert.Equal(4, studio.TikTok.Count("/v2/oauth/revoke/"));
    }

    [Theory, MemberData(nameof(Engines)), Trait("scenario", "O9")]
    public async Task O9_a_link_that_is_taken_back_while_its_code_is_exchanged_saves_nothing(Engine engine)
    {
        await using var studio = await StudioUnderTest.CreateAsync(engine);
        var link = await AddAsync(studio);
        studio.TikTok.Fault = async (path, _, normal) =>
        {
            if (path == "/v2/oauth/token/")
                await studio.Get<LinkStore>().RevokeAsync(studio.Workspace, link.Id, CancellationToken.None);
            return normal();
        };

        var answer = await ComeAsync(studio, link, FakeAccount.Number(1));

        Assert.Equal((AttemptStatus.Failed, "link-over"), (answer.Status, answer.Error));
        Assert.Empty(await studio.Connections.ListAsync(studio.Workspace));
    }

    private static async Task<ConnectAttempt> ComeAsync(StudioUnderTest studio, ClientLink link, FakeAccount account)
    {
        await studio.Get<AttemptStore>().BeginAsync(new ConnectAttempt
        {
            Id = studio.Get<Ulids>().Next(),
            WorkspaceId = studio.Workspace,
            PersonId = studio.Owner,
            ClientKey = FakeTikTok.ClientKey,
            RedirectUri = "http://localhost/connect/tiktok/callback/",
            Via = AttemptVia.Link,
            LinkId = link.Id,
        }, account.OpenId, account.OpenId, CancellationToken.None);
        var answer = await studio.Get<CompleteConnect>().RunAsync(new AuthorizationCallback.Granted(new AuthorizationCode(studio.TikTok.Consent(account)), [], account.OpenId), account.OpenId);
        return Assert.IsType<CallbackAnswer.Answered>(answer).Attempt;
    }

    private static async Task<ClientLink> AddAsync(StudioUnderTest studio) =>
        (await studio.Get<LinkStore>().AddAsync(studio.Get<Ulids>().Next(), studio.Workspace, studio.Owner, null, "", 7, CancellationToken.None))!.Value.Link; // the id is new
}
