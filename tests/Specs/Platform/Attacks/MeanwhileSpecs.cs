using Holdfast.People;
using Holdfast.People.Email;
using Holdfast.People.Letters;
using Holdfast.People.SignIn;
using Holdfast.Platform.Authorize;
using Holdfast.Platform.Permissions;
using Holdfast.Platform.Tokens;
using Holdfast.Specs.People;
using Holdfast.Specs.Platform.Qr;
using Holdfast.Specs.Storage;
using Holdfast.Storage;

namespace Holdfast.Specs.Platform.Attacks;

/// <summary>Attack cases 61, 66 and 89: what was under way when a credential changed or an access was taken away does not come in behind it.</summary>
public sealed class MeanwhileSpecs
{
    public static TheoryData<Engine> Engines => DatabaseUnderTest.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task Case_61_a_qr_code_confirmed_before_the_credentials_changed_gives_out_no_code(Engine engine)
    {
        await using var platform = await PlatformUnderTest.StartAsync(engine);
        var app = await platform.AppAsync();
        var ada = await platform.PersonAsync("ada");
        var drawn = await ConfirmedAsync(platform, app, "ada");

        await ChangeAsync(platform, ada, platform.Clock.GetUtcNow());

        Assert.Equal("expired", (await platform.PollAsync(app, drawn)).Status());
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Case_89_a_qr_code_confirmed_before_the_access_was_removed_does_not_bring_it_back(Engine engine)
    {
        await using var platform = await PlatformUnderTest.StartAsync(engine);
        var (app, other) = (await platform.AppAsync(), await platform.AppAsync("other"));
        var ada = await platform.PersonAsync("ada");
        await platform.GrantAsync(app, ada);
        var (drawn, others) = (await ConfirmedAsync(platform, app, "ada"), await ConfirmedAsync(platform, other, "ada"));
        var apps = platform.Service<ConnectedApps>();

        Assert.True(await apps.RemoveAsync(Caller.From("192.0.2.1"), ada.Id, (await apps.ListAsync(ada.Id, CancellationToken.None)).Single().Id));

        Assert.Equal("expired", (await platform.PollAsync(app, drawn)).Status());
        Assert.Empty(await apps.ListAsync(ada.Id, CancellationToken.None));
        Assert.Equal("confirmed", (await platform.PollAsync(other, others)).Status());
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Case_61_an_exchange_whose_clock_was_read_before_the_change_gets_nothing_after_it(Engine engine)
    {
        await using var platform = await PlatformUnderTest.StartAsync(engine);
        var app = await platform.AppAsync();
        var ada = await platform.PersonAsync("ada");
        var code = await platform.CodeAsync(app, ada);

        await ChangeAsync(platform, ada, platform.Clock.GetUtcNow() + TimeSpan.FromSeconds(1));

        Assert.Equal("invalid_grant", (await platform.RedeemAsync(app, code)).Error);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Case_61_an_exchange_that_races_with_a_change_leaves_no_living_token(Engine engine)
    {
        await using var platform = await PlatformUnderTest.StartAsync(engine);
        var app = await platform.AppAsync();
        var ada = await platform.PersonAsync("ada");
        for (var round = 0; round < 30; round++)
        {
            var code = await platform.CodeAsync(app, ada);
            var exchange = platform.RedeemAsync(app, code);
            await Task.WhenAll(exchange, Task.Run(() => ChangeAsync(platform, ada, platform.Clock.GetUtcNow())));

            var reply = await exchange;
            Assert.False(reply.IsGranted && await platform.OpensAsync(reply.Access), $"round {round}");
        }
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Case_61_a_sign_in_that_has_shown_the_old_password_begins_no_session_once_there_is_a_new_one(Engine engine)
    {
        await using var platform = await PlatformUnderTest.StartAsync(engine);
        var ada = await platform.PersonAsync("ada");
        var proven = Assert.IsType<SignInResult.Right>(await platform.Service<PasswordSignIn>().TryAsync("ada", PlatformUnderTest.Password, new DefaultHttpContext()));
        var hash = platform.Service<Holdfast.People.Passwords.PasswordHashes>().Hash("another battery altogether");
        await platform.Database.WriteAsync(session => session.RunAsync("update person set password_hash = @hash where id = @Id", new { hash, ada.Id }));
        var http = new DefaultHttpContext { RequestServices = platform.App.Services };

        Assert.Equal("/login?next=%2Fsettings", await platform.Service<FinishSignIn>().RunAsync(http, proven, "/settings"));

        Assert.Equal(0, http.Response.Headers.SetCookie.Count);
        Assert.Equal(0, await platform.Database.ReadAsync(session => session.FirstAsync<long>("select count(*) from session where person_id = @Id", new { ada.Id })));
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Case_61_codes_and_links_of_letters_end_with_the_credentials_they_were_written_for(Engine engine)
    {
        await using var platform = await PlatformUnderTest.StartAsync(engine);
        var (ada, codes) = (await platform.ReachableAsync("ada"), platform.Service<EmailCodes>());
        FreshCode? written = null;
        foreach (var purpose in new[] { CodePurpose.SignIn, CodePurpose.Reset })
        {
            var handle = (await codes.AskAsync(new DefaultHttpContext(), purpose, _ => Task.FromResult<Recipient?>(new Recipient { PersonId = ada.Id, Address = ada.Email! }), (to, fresh) =>
            {
                written = fresh;
                return new Letter(to.Address, "", "", TimeSpan.FromMinutes(1));
            }))!; // the first asking from there

            await ChangeAsync(platform, ada, platform.Clock.GetUtcNow());

            Assert.Null(await platform.Database.WriteAsync(session => codes.RedeemAsync(session, purpose, handle, written!.Code)));
            Assert.Null(await platform.Database.WriteAsync(session => codes.RedeemLinkAsync(session, purpose, written!.Link)));
        }
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Two_answers_to_one_app_at_once_both_count(Engine engine)
    {
        await using var platform = await PlatformUnderTest.StartAsync(engine);
        var app = await platform.AppAsync();
        for (var round = 0; round < 8; round++)
        {
            var person = await platform.PersonAsync($"ada{round}");
            await Task.WhenAll(KnownScopes.All.Select(scope => Task.Run(() => platform.CodeAsync(app, person, scope))));

            Assert.Equal(ScopeList.Join(KnownScopes.All), await platform.Database.ReadAsync(session =>
                session.FirstAsync<string>("select scopes from consent where person_id = @Id and ended_at is null", new { person.Id })));
        }
    }

    private static async Task<Drawn> ConfirmedAsync(PlatformUnderTest platform, Holdfast.Platform.Developers.RegisteredApp app, string name)
    {
        using var phone = await platform.PhoneAsync(name);
        var drawn = await platform.DrawAsync(app);
        Assert.Equal(200, (await phone.SubmitAsync(await phone.OpenAsync(drawn.Path), Scanning.Answer, ("decision", "confirm"))).Status);
        return drawn;
    }

    private static Task ChangeAsync(PlatformUnderTest platform, Person person, DateTimeOffset now) => platform.Database.WriteAsync(async session =>
    {
        foreach (var listener in platform.App.Services.GetServices<ICredentialListener>())
            await listener.ChangedAsync(session, person.Id, now);
    });
}
