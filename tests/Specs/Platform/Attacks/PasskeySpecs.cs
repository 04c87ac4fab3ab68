using System.Text.Json;
using Holdfast.People.Passkeys;
using Holdfast.Specs.Platform.Authorize;
using Holdfast.Specs.Storage;
using Holdfast.Storage;
using Microsoft.AspNetCore.Identity;

namespace Holdfast.Specs.Platform.Attacks;

/// <summary>Passkeys: what they open, and everything an answer must not be (attack cases 80, 82 and 83).</summary>
public sealed class PasskeySpecs
{
    public static TheoryData<Engine> Engines => DatabaseUnderTest.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task A_passkey_is_both_factors_and_leads_on_to_where_one_was_going(Engine engine)
    {
        await using var platform = await PlatformUnderTest.StartAsync(engine);
        using var passkey = new SoftPasskey(platform.Origin());
        using var browser = platform.AtLocalhost();
        var codes = await AddedAsync(platform, browser, passkey, "ada");
        using var other = platform.AtLocalhost();

        var asked = await other.AskPasskeyAsync("ada@example.test", "/settings/apps");
        Assert.Equal([passkey.Id], Credentials(asked.Question()));
        Assert.Equal("required", asked.Question().GetProperty("userVerification").GetString());
        var answer = await other.AnswerPasskeyAsync(asked, passkey.Sign(asked.Question()));

        Assert.Equal((303, "/settings/apps"), (answer.Status, answer.Location));
        Assert.True(await other.IsInAsync());
        Assert.Equal(10, codes.Count);
    }

    [Fact]
    public async Task After_a_password_the_passkey_is_asked_for_and_a_recovery_code_stands_in_for_it()
    {
        await using var platform = await PlatformUnderTest.StartAsync();
        using var passkey = new SoftPasskey(platform.Origin());
        using var browser = platform.AtLocalhost();
        var codes = await AddedAsync(platform, browser, passkey, "ada");
        using var other = platform.AtLocalhost();

        var step = await other.PasswordAsync("ada", "/settings/apps");
        var asked = await other.SubmitAsync(step, "/login/code/passkey");
        var answer = await other.AnswerPasskeyAsync(asked, passkey.Sign(asked.Question()));
        Assert.Equal((303, "/settings/apps"), (answer.Status, answer.Location));
        Assert.Equal("/login", (await other.GetAsync("/login/code")).Location);

        using var lost = platform.AtLocalhost();
        Assert.Equal(303, (await lost.CodeAsync(await lost.PasswordAsync("ada"), codes[0])).Status);
    }

    [Fact]
    public async Task Case_82_an_answer_of_a_passkey_without_counter_works_once_too()
    {
        await using var platform = await PlatformUnderTest.StartAsync();
        using var passkey = new SoftPasskey(platform.Origin()) { IsSynced = true };
        using var browser = platform.AtLocalhost();
        await AddedAsync(platform, browser, passkey, "ada");
        using var other = platform.AtLocalhost();
        using var thief = platform.AtLocalhost();
        var (asked, page) = (await other.AskPasskeyAsync("ada"), await thief.AskPasskeyAsync("ada"));
        thief.Plant("hf_platform_passkey", other.CookieValue("hf_platform_passkey")!, "localhost");
        var signed = passkey.Sign(asked.Question());

        Assert.Equal(303, (await other.AnswerPasskeyAsync(asked, signed)).Status);
        Assert.Equal(422, (await thief.AnswerPasskeyAsync(page, signed)).Status);
        Assert.False(await thief.IsInAsync());
    }

    [Fact]
    public async Task Case_82_an_answer_works_once_and_a_counter_that_stands_still_is_a_copy()
    {
        await using var platform = await PlatformUnderTest.StartAsync();
        using var passkey = new SoftPasskey(platform.Origin());
        using var browser = platform.AtLocalhost();
        await AddedAsync(platform, browser, passkey, "ada");
        using var other = platform.AtLocalhost();
        var asked = await other.AskPasskeyAsync("ada");
        var cookie = other.CookieValue("hf_platform_passkey")!;
        var signed = passkey.Sign(asked.Question());
        Assert.Equal(303, (await other.AnswerPasskeyAsync(asked, signed)).Status);

        using var thief = platform.AtLocalhost();
        var page = await thief.AskPasskeyAsync("ada");
        thief.Plant("hf_platform_passkey", cookie, "localhost");
        Assert.Equal(422, (await thief.AnswerPasskeyAsync(page, signed)).Status);

        page = await thief.AskPasskeyAsync("ada");
        passkey.Count--;
        Assert.Equal(422, (await thief.AnswerPasskeyAsync(page, passkey.Sign(page.Question()))).Status);
        page = await thief.AskPasskeyAsync("ada");
        Assert.Equal(303, (await thief.AnswerPasskeyAsync(page, passkey.Sign(page.Question()))).Status);
    }

    // The handler compares counters it has read before; what decides between the two is the statement that writes the new one down.
    [Theory, MemberData(nameof(Engines))]
    public async Task Case_82_of_two_answers_with_the_same_count_that_are_checked_at_once_one_signs_in(Engine engine)
    {
        var meeting = new Meeting();
        await using var platform = await PlatformUnderTest.StartAsync(engine, configure: builder => builder.Services.AddScoped<IPasskeyHandler<PasskeyUser>>(
            services => new CheckedAtOnce(ActivatorUtilities.CreateInstance<PasskeyHandler<PasskeyUser>>(services), meeting)));
        using var passkey = new SoftPasskey(platform.Origin());
        using var browser = platform.AtLocalhost();
        await AddedAsync(platform, browser, passkey, "ada");
        using var other = platform.AtLocalhost();
        using var thief = platform.AtLocalhost();
        var (asked, page) = (await other.AskPasskeyAsync("ada"), await thief.AskPasskeyAsync("ada"));
        var original = passkey.Sign(asked.Question());
        passkey.Count--;
        var copy = passkey.Sign(page.Question());

        var answers = await Task.WhenAll(other.AnswerPasskeyAsync(asked, original), thief.AnswerPasskeyAsync(page, copy));

        Assert.Equal([303, 422], answers.Select(answer => answer.Status).Order());
        Assert.NotEqual(await other.IsInAsync(), await thief.IsInAsync());
    }

    [Fact]
    public async Task Case_83_an_answer_without_finger_or_pin_from_another_port_or_by_another_persons_passkey_is_refused()
    {
        await using var platform = await PlatformUnderTest.StartAsync();
        using var passkey = new SoftPasskey(platform.Origin());
        using var browser = platform.AtLocalhost();
        await AddedAsync(platform, browser, passkey, "ada");
        using var mallorys = new SoftPasskey(platform.Origin());
        using var mallory = platform.AtLocalhost();
        await AddedAsync(platform, mallory, mallorys, "mallory");
        using var thief = platform.AtLocalhost();

        passkey.Verifies = false;
        Assert.Equal(422, await TryAsync(passkey));
        passkey.Verifies = true;
        passkey.Origin = "http://localhost:9";
        Assert.Equal(422, await TryAsync(passkey));
        passkey.Origin = platform.Origin();
        Assert.Equal(422, await TryAsync(mallorys));
        Assert.False(await thief.IsInAsync());
        Assert.Equal(303, await TryAsync(passkey));

        async Task<int> TryAsync(SoftPasskey with)
        {
            var page = await thief.AskPasskeyAsync("ada");
            return (await thief.AnswerPasskeyAsync(page, with.Sign(page.Question()))).Status;
        }
    }

    [Fact]
    public async Task Case_83_a_passkey_made_in_another_persons_session_is_not_added()
    {
        await using var platform = await PlatformUnderTest.StartAsync();
        await platform.PersonAsync("ada");
        await platform.PersonAsync("mallory");
        using var thief = platform.AtLocalhost();
        await thief.LogInAsync("mallory");
        var asked = await thief.SubmitAsync(await thief.GetAsync(FactorPages.Factors), FactorPages.Factors + "/passkeys", ("name", "trap"));
        var cookie = thief.CookieValue("hf_platform_passkey")!;
        using var mallorys = new SoftPasskey(platform.Origin());
        using var adas = platform.AtLocalhost();
        await adas.LogInAsync("ada");
        var page = await adas.SubmitAsync(await adas.GetAsync(FactorPages.Factors), FactorPages.Factors + "/passkeys", ("name", "mine"));
        adas.Plant("hf_platform_passkey", cookie, "localhost");

        var answer = await adas.SubmitAsync(page, FactorPages.Factors + "/passkeys/answer", ("credential", mallorys.Create(asked.Question())));

        Assert.Equal(422, answer.Status);
        Assert.Empty(answer.Page.QuerySelectorAll("#passkey-list"));
    }

    [Fact]
    public async Task Case_80_a_name_nobody_has_is_asked_for_passkeys_too_the_same_ones_every_time()
    {
        await using var platform = await PlatformUnderTest.StartAsync();
        await platform.PersonAsync("bruno");
        using var passkey = new SoftPasskey(platform.Origin());
        using var browser = platform.AtLocalhost();
        await AddedAsync(platform, browser, passkey, "ada");
        using var thief = platform.AtLocalhost();

        var (known, without, unknown, again) = (await thief.AskPasskeyAsync("ada"), await thief.AskPasskeyAsync("bruno"), await thief.AskPasskeyAsync("nobody"), await thief.AskPasskeyAsync("NOBODY"));

        Assert.All(new[] { known, without, unknown, again }, visit => Assert.Equal(200, visit.Status));
        Assert.Equal(Shape(known.Question()), Shape(unknown.Question()));
        Assert.Equal(Shape(known.Question()), Shape(without.Question()));
        Assert.Equal(Credentials(unknown.Question()), Credentials(again.Question()));
        Assert.NotEqual(Credentials(unknown.Question()), Credentials(without.Question()));
        Assert.Single(Credentials(unknown.Question()));
        using var any = new SoftPasskey(platform.Origin());
        any.Create((await browser.SubmitAsync(await browser.GetAsync(FactorPages.Factors), FactorPages.Factors + "/passkeys")).Question());
        var page = await thief.AskPasskeyAsync("nobody");
        var refused = await thief.AnswerPasskeyAsync(page, any.Sign(page.Question()));
        page = await thief.AskPasskeyAsync("ada");
        var wrong = await thief.AnswerPasskeyAsync(page, any.Sign(page.Question()));
        Assert.Equal((422, 422), (refused.Status, wrong.Status));
        Assert.Equal(wrong.Page.QuerySelector("#login-error")!.TextContent, refused.Page.QuerySelector("#login-error")!.TextContent);
    }

    [Fact]
    public async Task At_a_numeric_address_there_are_no_passkeys_and_the_page_says_why()
    {
        await using var platform = await PlatformUnderTest.StartAsync();
        using var passkey = new SoftPasskey(platform.Origin());
        using var browser = platform.AtLocalhost();
        var codes = await AddedAsync(platform, browser, passkey, "ada");
        using var numeric = platform.Visitor();

        Assert.Contains("localhost", (await numeric.AskPasskeyAsync("ada")).Page.QuerySelector("#login-error")!.TextContent, StringComparison.Ordinal);
        var step = await numeric.PasswordAsync("ada");
        Assert.NotNull(step.Page.QuerySelector("#passkey-problem"));
        Assert.Null(step.Page.QuerySelector("form[action='/login/code/passkey']"));
        Assert.Equal(303, (await numeric.CodeAsync(step, codes[0])).Status);
        Assert.NotNull((await numeric.GetAsync(FactorPages.Factors)).Page.QuerySelector("#passkey-problem"));
    }

    private static async Task<IReadOnlyList<string>> AddedAsync(PlatformUnderTest platform, Visitor browser, SoftPasskey passkey, string userName)
    {
        await platform.PersonAsync(userName);
        await browser.LogInAsync(userName);
        var added = await browser.AddPasskeyAsync(passkey);
        Assert.Equal(200, added.Status);
        return added.Page.QuerySelector("#recovery-codes")?.TextContent.Split('\n') ?? throw new InvalidOperationException($"No passkey was added: {added.Text}");
    }

    private static List<string> Credentials(JsonElement question) => [.. question.GetProperty("allowCredentials").EnumerateArray().Select(one => one.GetProperty("id").GetString()!)];

    // The names of everything in it, without the values.
    private static string Shape(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => $"{{{string.Join(',', element.EnumerateObject().Select(one => $"{one.Name}:{Shape(one.Value)}"))}}}",
        JsonValueKind.Array => $"[{(element.GetArrayLength() > 0 ? Shape(element[0]) : "")}]",
        var kind => kind.ToString(),
    };

    /// <summary>The first who comes waits for the second.</summary>
    private sealed class Meeting
    {
        private readonly TaskCompletionSource second = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int arrived;

        public Task ArriveAsync()
        {
            if (Interlocked.Increment(ref arrived) == 2)
                second.SetResult();
            return second.Task.WaitAsync(TimeSpan.FromSeconds(30), TestClock.System);
        }
    }

    /// <summary>The real handler; of two answers neither goes on before both are checked.</summary>
    private sealed class CheckedAtOnce(IPasskeyHandler<PasskeyUser> handler, Meeting meeting) : IPasskeyHandler<PasskeyUser>
    {
        public Task<PasskeyCreationOptionsResult> MakeCreationOptionsAsync(PasskeyUserEntity userEntity, HttpContext httpContext) => handler.MakeCreationOptionsAsync(userEntity, httpContext);

        public Task<PasskeyRequestOptionsResult> MakeRequestOptionsAsync(PasskeyUser? user, HttpContext httpContext) => handler.MakeRequestOptionsAsync(user, httpContext);

        public Task<PasskeyAttestationResult> PerformAttestationAsync(PasskeyAttestationContext context) => handler.PerformAttestationAsync(context);

        public async Task<PasskeyAssertionResult<PasskeyUser>> PerformAssertionAsync(PasskeyAssertionContext context)
        {
            var result = await handler.PerformAssertionAsync(context);
            await meeting.ArriveAsync();
            return result;
        }
    }
}
