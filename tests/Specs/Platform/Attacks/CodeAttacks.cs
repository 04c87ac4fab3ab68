using Holdfast.Platform.Authorize;
using Holdfast.Platform.Tokens;
using Holdfast.Specs.Storage;
using Holdfast.Storage;

namespace Holdfast.Specs.Platform.Attacks;

/// <summary>B2, cases 36–42: authorization codes in the wrong hands. The races (33–35) are <c>Tokens/ExchangeSpecs</c>.</summary>
public sealed class CodeAttacks
{
    public static TheoryData<Engine> Engines => DatabaseUnderTest.Engines;

    // Decided: the code stays. A stranger with an app of their own must not be able to spoil somebody's sign-in.
    [Fact]
    public async Task Case_36_another_apps_try_is_refused_and_leaves_the_code_alone()
    {
        await using var platform = await PlatformUnderTest.StartAsync();
        var (app, other, ada) = (await platform.AppAsync(), await platform.AppAsync("thief"), await platform.PersonAsync("ada"));
        var code = await platform.CodeAsync(app, ada);

        for (var tries = 0; tries < CodeRule.MostMisses + 1; tries++)
            Assert.Equal("invalid_grant", (await platform.RedeemAsync(other, code)).Error);
        Assert.True((await platform.RedeemAsync(app, code)).IsGranted);
    }

    // Precedence: a redirect mismatch answers invalid_request (37), in TikTok's documented words; so does a PKCE mismatch (38).
    [Fact]
    public async Task Case_37_a_code_goes_with_its_own_redirect_uri_letter_by_letter()
    {
        await using var platform = await PlatformUnderTest.StartAsync();
        var (app, ada) = (await platform.AppAsync(), await platform.PersonAsync("ada"));
        foreach (var redirect in (string?[])["http://127.0.0.1:49152/callback", "http://127.0.0.1:49153/callback/", "HTTP://127.0.0.1:49152/callback/", PlatformUnderTest.Redirect + "?x", "", null])
        {
            var refused = await platform.TokenAsync(Form(app, await platform.CodeAsync(app, ada), redirect, PlatformUnderTest.Verifier));
            Assert.Equal((400, "invalid_request", "Redirect_uri is not matched with the uri when requesting code."), (refused.Status, refused.Error, refused.Text("error_description")));
        }

        var twice = await platform.TokenAsync([.. Form(app, await platform.CodeAsync(app, ada), PlatformUnderTest.Redirect, PlatformUnderTest.Verifier), ("redirect_uri", PlatformUnderTest.Redirect)]);
        Assert.Equal((400, "invalid_request"), (twice.Status, twice.Error));
    }

    [Fact]
    public async Task Case_38_a_code_with_a_challenge_wants_its_verifier_and_dies_after_five_wrong_ones()
    {
        await using var platform = await PlatformUnderTest.StartAsync();
        var (app, ada) = (await platform.AppAsync(), await platform.PersonAsync("ada"));
        var code = await platform.CodeAsync(app, ada);
        foreach (var verifier in (string?[])[new('v', 43), null, "", PlatformUnderTest.Challenge, PlatformUnderTest.Verifier.ToUpperInvariant()])
        {
            var refused = await platform.TokenAsync(Form(app, code, PlatformUnderTest.Redirect, verifier));
            Assert.Equal((400, "invalid_request", "Code verifier or code challenge is invalid."), (refused.Status, refused.Error, refused.Text("error_description")));
        }

        Assert.Equal("invalid_grant", (await platform.RedeemAsync(app, code)).Error);
    }

    // Precedence: on Web a verifier without a challenge is ignored (real clients send it); on Desktop no code exists without a challenge.
    [Fact]
    public async Task Case_38_a_verifier_for_a_web_code_without_a_challenge_is_ignored_and_one_of_a_desktop_code_proves_nothing()
    {
        await using var platform = await PlatformUnderTest.StartAsync();
        var (web, desktop, ada) = (await platform.AppAsync("web", Victim.WebRedirect, RedirectPlatform.Web), await platform.AppAsync(), await platform.PersonAsync("ada"));
        var approval = new Approval(web.Id, ada.Id, RedirectPlatform.Web, Victim.WebRedirect, null, ["user.info.basic"], ["user.info.basic"]);
        var code = await platform.Service<IssueCode>().RunAsync(approval, null, CancellationToken.None);

        Assert.True((await platform.TokenAsync(Form(web, code!, Victim.WebRedirect, "anything"))).IsGranted);
        Assert.Equal("invalid_request", (await platform.RedeemAsync(desktop, await platform.CodeAsync(desktop, ada, challenge: null))).Error);
    }

    // Precedence: verifiers of 32–128 characters on Desktop (TikTok's Android SDK makes 32), 1–128 on Web.
    [Fact]
    public async Task Case_39_a_verifier_of_another_length_or_with_other_letters_is_refused_before_it_is_hashed()
    {
        await using var platform = await PlatformUnderTest.StartAsync();
        var (app, ada) = (await platform.AppAsync(), await platform.PersonAsync("ada"));
        foreach (var verifier in (string[])[new('v', 31), new('v', 129), new('v', 60_000), new string('v', 42) + " ", new string('v', 42) + "é", new string('v', 42) + "+"])
        {
            // The challenge is the right one for it, so only the rule about verifiers can refuse.
            var challenge = Convert.ToHexStringLower(TokenText.Digest(verifier));
            Assert.Equal((400, "invalid_request"), await AnswerAsync(await platform.CodeAsync(app, ada, challenge: challenge), verifier));
        }
        Assert.Equal((413, "invalid_request"), await AnswerAsync(await platform.CodeAsync(app, ada), new string('v', 1_000_000)));

        async Task<(int, string)> AnswerAsync(string code, string verifier)
        {
            var answer = await platform.TokenAsync(Form(app, code, PlatformUnderTest.Redirect, verifier));
            return (answer.Status, answer.Error);
        }
    }

    // Precedence: ten minutes by default (design §5), a setting; TikTok's own life time is not documented.
    [Theory]
    [InlineData(null, 600)]
    [InlineData(60, 60)]
    public async Task Case_40_a_code_lives_as_long_as_the_setting_says_to_the_second(int? setting, int seconds)
    {
        await using var platform = await PlatformUnderTest.StartAsync(tokens: tokens => tokens.CodeFor = setting is { } value ? TimeSpan.FromSeconds(value) : tokens.CodeFor);
        var (app, ada) = (await platform.AppAsync(), await platform.PersonAsync("ada"));
        var (early, late, later) = (await platform.CodeAsync(app, ada), await platform.CodeAsync(app, ada), await platform.CodeAsync(app, ada));

        platform.Clock.Advance(TimeSpan.FromSeconds(seconds - 1));
        Assert.True((await platform.RedeemAsync(app, early)).IsGranted);
        platform.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("invalid_grant", (await platform.RedeemAsync(app, late)).Error);
        platform.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("invalid_grant", (await platform.RedeemAsync(app, later)).Error);
    }

    // Decided: whoever guesses gets 429, and a code that works is never refused: else a stranger who sends guesses through an app's callback could shut everybody out.
    [Theory, MemberData(nameof(Engines))]
    public async Task Case_41_guessed_codes_are_throttled_per_app_and_address_and_a_right_one_still_works(Engine engine)
    {
        await using var platform = await PlatformUnderTest.StartAsync(engine);
        var (app, other, ada) = (await platform.AppAsync(), await platform.AppAsync("other"), await platform.PersonAsync("ada"));
        var answers = new List<TokenReply>();
        for (var guess = 0; guess < Volume.Of(80, 10_000); guess++)
            answers.Add(await platform.RedeemAsync(app, platform.Service<TokenText>().NextCode()));

        Assert.All(answers.Take(60), answer => Assert.Equal((400, "invalid_grant"), (answer.Status, answer.Error)));
        Assert.All(answers.Skip(60), answer => Assert.Equal((429, "temporarily_unavailable"), (answer.Status, answer.Error)));
        Assert.Equal(400, (await platform.RedeemAsync(other, "guess")).Status);
        Assert.True((await platform.RedeemAsync(app, await platform.CodeAsync(app, ada))).IsGranted);
        platform.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal((400, "invalid_grant"), ((await platform.RedeemAsync(app, "guess")).Status, (await platform.RedeemAsync(app, "guess")).Error));
    }

    // An expired code is found and refused by the same read as an unknown one; the full volume measures it.
    [Theory, MemberData(nameof(Engines))]
    public async Task Case_41_unknown_and_expired_codes_get_one_answer_in_one_time(Engine engine)
    {
        await using var platform = await PlatformUnderTest.StartAsync(engine, tokens: tokens => tokens.DeadCodesPerMinute = 1_000_000);
        var (app, ada) = (await platform.AppAsync(), await platform.PersonAsync("ada"));
        var expired = await platform.CodeAsync(app, ada);
        platform.Clock.Advance(TimeSpan.FromMinutes(11));
        var unknown = platform.Service<TokenText>().NextCode();

        var (one, other) = (await platform.RedeemAsync(app, expired), await platform.RedeemAsync(app, unknown));
        Assert.Equal((one.Status, one.Error, one.Text("error_description")), (other.Status, other.Error, other.Text("error_description")));
        if (Volume.IsFull)
            Timing.IsHidden(await Timing.GapAsync(() => platform.RedeemAsync(app, expired), () => platform.RedeemAsync(app, unknown)));
    }

    // A tail that is lost in transit (TikTok's codes hold "*" and "!") or a code encoded twice is another code.
    [Fact]
    public async Task Case_42_a_code_changed_in_a_single_bit_is_no_code()
    {
        await using var platform = await PlatformUnderTest.StartAsync();
        var (app, ada) = (await platform.AppAsync(), await platform.PersonAsync("ada"));
        var code = await platform.CodeAsync(app, ada);
        foreach (var wrong in (string[])
        [
            (char)(code[0] ^ 1) + code[1..], code[..^1], code[..^1] + (char)(code[^1] ^ 2), Uri.EscapeDataString(code), code.Split('*')[0], code.Split('!')[0],
            code.Replace("*0!", "*1!", StringComparison.Ordinal), code + " ", " " + code, code.ToUpperInvariant(), code + "%",
        ])
        {
            var answer = await platform.RedeemAsync(app, wrong);
            Assert.Equal((400, "invalid_grant"), (answer.Status, answer.Error));
        }
        foreach (var malformed in (string[])["", new('c', 600), code + "\0"])
            Assert.Equal("invalid_request", (await platform.RedeemAsync(app, malformed)).Error);

        Assert.True((await platform.RedeemAsync(app, code)).IsGranted);
    }

    private static (string, string?)[] Form(Holdfast.Platform.Developers.RegisteredApp app, string code, string? redirect, string? verifier) =>
        [("client_key", app.ClientKey), ("client_secret", app.ClientSecret), ("grant_type", "authorization_code"), ("code", code), ("redirect_uri", redirect), ("code_verifier", verifier)];
}
