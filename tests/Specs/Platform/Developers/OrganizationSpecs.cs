using Holdfast.People.Letters;
using Holdfast.Platform.Developers.Organizations;
using Holdfast.Specs.Storage;
using Holdfast.Storage;

namespace Holdfast.Specs.Platform.Developers;

/// <summary>Portal §2.7: who belongs to an organization, and what it owns.</summary>
public sealed class OrganizationSpecs
{
    private const string Home = "/developers/organizations";

    public static TheoryData<Engine> Engines => DatabaseUnderTest.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task A_member_acts_on_the_organizations_app_until_removed(Engine engine)
    {
        await using var platform = await PlatformUnderTest.StartAsync(engine);
        using var dev = await Developer.SignUpAsync(platform, "dev");
        using var mia = await Developer.SignUpAsync(platform, "mia");
        var home = await MakeAsync(dev);
        var id = home[(home.LastIndexOf('/') + 1)..];
        var app = await dev.ConnectAsync(owner: id);
        Assert.Equal(404, (await mia.GetAsync(app)).Status);
        Assert.Equal(404, (await mia.Browser.GetAsync(home)).Status);

        Assert.Equal(303, (await dev.Browser.SubmitAsync(await dev.Browser.GetAsync(home), home + "/invite", ("whom", "@mia"))).Status);
        Assert.Equal(404, (await mia.GetAsync(app)).Status);
        var asked = await mia.Browser.GetAsync(Home);
        Assert.Contains("You are invited to Kiln & Co", asked.Text, StringComparison.Ordinal);
        await mia.Browser.SubmitAsync(asked, Home + "/invitations", ("answer", "accept"));
        Assert.Equal(200, (await mia.GetAsync(app)).Status);
        Assert.Equal(303, (await mia.SaveRedirectsAsync(app, "http://127.0.0.1:*/moved/")).Status);
        Assert.Contains("the organization Kiln & Co", (await mia.AuthorizeAsync(app)).Text, StringComparison.Ordinal);
        // A member invites nobody and removes nobody.
        Assert.Null((await mia.Browser.GetAsync(home)).Page.QuerySelector("#invite"));
        Assert.Equal(InviteResult.NotThere, await platform.Service<OrganizationStore>().InviteAsync(await mia.IdAsync(), id, "dev", false, CancellationToken.None));
        Assert.False(await platform.Service<Membership>().RemoveAsync(await mia.IdAsync(), id, await dev.IdAsync(), CancellationToken.None));

        Assert.True(await platform.Service<Membership>().RemoveAsync(await dev.IdAsync(), id, await mia.IdAsync(), CancellationToken.None));
        Assert.Equal(404, (await mia.GetAsync(app)).Status);
    }

    [Fact]
    public async Task Case_93_a_stolen_session_alone_lets_nobody_into_an_organization()
    {
        await using var platform = await PlatformUnderTest.StartAsync();
        using var dev = await Developer.SignUpAsync(platform, "dev");
        var mallory = await platform.PersonAsync("mallory");
        var home = await MakeAsync(dev);
        platform.Clock.Advance(TimeSpan.FromMinutes(11));

        foreach (var proof in (string[])["", "wrong password"])
            Assert.Equal(422, (await InviteAsync(proof)).Status);
        Assert.Empty(await platform.Service<OrganizationStore>().InvitationsAsync(mallory.Id, CancellationToken.None));

        Assert.Equal(home + "?done=invited", (await InviteAsync(PlatformUnderTest.Password)).Location);
        Assert.Single(await platform.Service<OrganizationStore>().InvitationsAsync(mallory.Id, CancellationToken.None));

        async Task<Visit> InviteAsync(string proof) => await dev.Browser.SubmitAsync(await dev.Browser.GetAsync(home), home + "/invite", ("whom", "@mallory"), ("proof", proof));
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task The_last_admin_stays_however_two_of_them_hurry(Engine engine)
    {
        await using var platform = await PlatformUnderTest.StartAsync(engine);
        var (one, two) = (await platform.PersonAsync("one"), await platform.PersonAsync("two"));
        var (organizations, membership) = (platform.Service<OrganizationStore>(), platform.Service<Membership>());
        var id = (await organizations.MakeAsync(one.Id, "Kiln", CancellationToken.None))!;
        Assert.False(await membership.LeaveAsync(one.Id, id, CancellationToken.None));
        Assert.False(await membership.ChangeRoleAsync(one.Id, id, one.Id, toAdmin: false, CancellationToken.None));
        await JoinAsync(platform, one.Id, id, two.Id, "two", asAdmin: true);

        var left = await Task.WhenAll(membership.LeaveAsync(one.Id, id, CancellationToken.None), membership.ChangeRoleAsync(two.Id, id, two.Id, toAdmin: false, CancellationToken.None));

        Assert.Single(left, done => done);
        Assert.Equal(1, await platform.Database.ReadAsync(session => session.FirstAsync<long>("select count(*) from organization_member where role = 'admin'")));
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Ten_people_are_all_invitations_included_and_an_e_mail_tells_nothing(Engine engine)
    {
        await using var platform = await PlatformUnderTest.StartAsync(engine);
        var (dev, mia) = (await platform.PersonAsync("dev"), await platform.PersonAsync("mia"));
        var organizations = platform.Service<OrganizationStore>();
        var id = (await organizations.MakeAsync(dev.Id, "Kiln", CancellationToken.None))!;

        Assert.Equal(InviteResult.Unknown, await InviteAsync("nobody"));
        // One address is an account's, one is nobody's: the answer is the same, and only the account finds the invitation.
        await platform.Database.WriteAsync(session => session.RunAsync("update person set email_verified_at = 1 where id = @Id", new { mia.Id }));
        Assert.Equal(InviteResult.Invited, await InviteAsync("mia@example.test"));
        Assert.Equal(InviteResult.Invited, await InviteAsync("stranger@example.test"));
        Assert.Equal(["mia@example.test"], (await platform.Service<LetterBox>().ListAsync(10)).Select(letter => letter.Recipient));
        Assert.Single(await organizations.InvitationsAsync(mia.Id, CancellationToken.None));
        Assert.Equal(InviteResult.FullOrKnown, await InviteAsync("MIA@example.test"));

        for (var number = 0; number < 7; number++)
            Assert.Equal(InviteResult.Invited, await InviteAsync($"person{number}@example.test"));
        Assert.Equal(InviteResult.FullOrKnown, await InviteAsync("eleventh@example.test"));

        // An invitation is one person's, once.
        var mine = (await organizations.InvitationsAsync(mia.Id, CancellationToken.None)).Single();
        Assert.False(await organizations.AnswerAsync(dev.Id, mine.Id, true, CancellationToken.None));
        Assert.Equal([true, false], (await Task.WhenAll(organizations.AnswerAsync(mia.Id, mine.Id, true, CancellationToken.None), organizations.AnswerAsync(mia.Id, mine.Id, true, CancellationToken.None))).OrderDescending());

        Task<InviteResult> InviteAsync(string whom) => organizations.InviteAsync(dev.Id, id, whom, false, CancellationToken.None);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_transfer_takes_an_admins_yes_takes_the_sandboxes_along_and_is_final(Engine engine)
    {
        await using var platform = await PlatformUnderTest.StartAsync(engine);
        using var dev = await Developer.SignUpAsync(platform, "dev");
        var boss = await platform.PersonAsync("boss");
        var (organizations, transfers) = (platform.Service<OrganizationStore>(), platform.Service<Transfers>());
        var id = (await organizations.MakeAsync(boss.Id, "Kiln", CancellationToken.None))!;
        var app = await dev.ConnectAsync();
        var sandbox = await dev.RegisteredAsync(await dev.SendAsync(app, "/sandboxes", "/sandboxes", ("name", "Trial"), ("from", "")));
        // To an organization that one is not in, nothing goes.
        Assert.False(await transfers.AskAsync(await dev.IdAsync(), app.Id, id, CancellationToken.None));
        await JoinAsync(platform, boss.Id, id, await dev.IdAsync(), "dev");

        Assert.Equal(303, (await dev.SendAsync(app, "", "/transfer", ("organization", id))).Status);
        Assert.Contains("Waits for an admin of Kiln", (await dev.GetAsync(app)).Text, StringComparison.Ordinal);
        Assert.False(await transfers.AnswerAsync(await dev.IdAsync(), id, app.Id, true, CancellationToken.None));
        Assert.Null(await OwnerAsync(app.Id));
        Assert.True(await transfers.AnswerAsync(boss.Id, id, app.Id, true, CancellationToken.None));
        Assert.Equal(id, await OwnerAsync(app.Id));
        Assert.Equal(id, await OwnerAsync(sandbox.Id));

        // Who brought it leaves, and it stays.
        var other = (await organizations.MakeAsync(await dev.IdAsync(), "Mine", CancellationToken.None))!;
        Assert.False(await transfers.AskAsync(await dev.IdAsync(), app.Id, other, CancellationToken.None));
        await platform.Service<Membership>().LeaveAsync(await dev.IdAsync(), id, CancellationToken.None);
        Assert.Equal(404, (await dev.GetAsync(app)).Status);
        Assert.False(await platform.Service<Membership>().DeleteAsync(boss.Id, id, CancellationToken.None));

        Task<string?> OwnerAsync(string appId) => platform.Database.ReadAsync(session => session.FirstAsync<string>("select organization_id from app where id = @appId", new { appId }));
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task When_the_last_admin_deletes_their_account_the_eldest_member_follows_and_the_app_goes_on(Engine engine)
    {
        await using var platform = await PlatformUnderTest.StartAsync(engine);
        using var dev = await Developer.SignUpAsync(platform, "dev");
        using var mia = await Developer.SignUpAsync(platform, "mia");
        var ada = await platform.PersonAsync("ada");
        var home = await MakeAsync(dev);
        var id = home[(home.LastIndexOf('/') + 1)..];
        var app = await dev.ConnectAsync(owner: id);
        var own = await dev.ConnectAsync(name: "Own");
        await JoinAsync(platform, await dev.IdAsync(), id, await mia.IdAsync(), "mia");
        var tokens = await platform.GrantAsync(app, ada);
        var union = await UnionAsync();

        var gone = await dev.Browser.SubmitAsync(await dev.Browser.GetAsync("/settings/profile"), "/settings/profile/delete", ("confirmName", "dev"), ("password", PlatformUnderTest.Password));

        Assert.Equal("/login?deleted", gone.Location);
        Assert.True(await platform.OpensAsync(tokens.Access));
        Assert.True((await platform.RenewAsync(app, tokens.Refresh)).IsGranted);
        Assert.Equal("invalid_client", (await platform.RenewAsync(own, "rft.x")).Error);
        Assert.Equal(200, (await mia.GetAsync(app)).Status);
        Assert.NotNull((await mia.Browser.GetAsync(home)).Page.QuerySelector("#invite"));
        Assert.Equal(union, await UnionAsync());
        Assert.DoesNotContain("@dev", (await mia.GetAsync(app, "/audit")).Text, StringComparison.Ordinal);

        Task<string?> UnionAsync() => platform.Database.ReadAsync(session => session.FirstAsync<string>("select union_id from developer_account join app on app.owner_id = developer_account.owner_id where app.id = @Id", new { app.Id }));
    }

    [Fact]
    public async Task A_deleted_app_is_gone_for_everybody_who_used_it()
    {
        await using var platform = await PlatformUnderTest.StartAsync();
        using var dev = await Developer.SignUpAsync(platform, "dev");
        var ada = await platform.PersonAsync("ada");
        var app = await dev.ConnectAsync();
        var tokens = await platform.GrantAsync(app, ada);
        Assert.Equal(422, (await dev.SendAsync(app, "", "/delete")).Status);
        platform.Clock.Advance(TimeSpan.FromMinutes(11));
        Assert.Equal(422, (await dev.SendAsync(app, "", "/delete", ("sure", "true"), ("proof", "no"))).Status);

        Assert.Equal("/developers?deleted", (await dev.SendAsync(app, "", "/delete", ("sure", "true"), ("proof", PlatformUnderTest.Password))).Location);

        Assert.False(await platform.OpensAsync(tokens.Access));
        Assert.Equal(404, (await dev.GetAsync(app)).Status);
        Assert.Equal("removed", await platform.Database.ReadAsync(session => session.FirstAsync<string>("select kind from authorization_event order by id desc limit 1")));
    }

    private static async Task<string> MakeAsync(Developer dev) =>
        (await dev.Browser.SubmitAsync(await dev.Browser.GetAsync(Home), Home, ("name", "Kiln & Co"))).Location!;

    private static async Task JoinAsync(PlatformUnderTest platform, string adminId, string id, string personId, string userName, bool asAdmin = false)
    {
        var organizations = platform.Service<OrganizationStore>();
        Assert.Equal(InviteResult.Invited, await organizations.InviteAsync(adminId, id, userName, asAdmin, CancellationToken.None));
        Assert.True(await organizations.AnswerAsync(personId, (await organizations.InvitationsAsync(personId, CancellationToken.None)).Single(invitation => invitation.OrganizationId == id).Id, true, CancellationToken.None));
    }
}
