using System.Net.Http.Headers;
using System.Text;
using Holdfast.People;
using Holdfast.Platform.Developers;
using Holdfast.Platform.Tokens;
using Holdfast.Shell.Hosting;

namespace Holdfast.Specs.Platform.Attacks;

/// <summary>B2, cases 43–49: who the client claims to be, and in which form it says so.</summary>
public sealed class ClientAttacks
{
    // The old secret dies at once where no overlap is asked for; case 94 has the overlap.
    [Fact]
    public async Task Case_43_unknown_key_wrong_secret_another_apps_secret_and_an_old_one_get_one_answer()
    {
        await using var platform = await PlatformUnderTest.StartAsync();
        var (app, other) = (await platform.AppAsync(), await platform.AppAsync("other"));
        var owner = await platform.Database.ReadAsync(session => session.FirstAsync<string>("select owner_id from app where id = @Id", new { other.Id }));
        await platform.RotateAsync(owner!, other.Id);

        var answers = new List<TokenReply>();
        foreach (var client in new[] { app with { ClientSecret = "no" }, app with { ClientKey = "sbawnobody" }, app with { ClientSecret = other.ClientSecret }, other, app with { ClientSecret = app.ClientSecret + " " }, app with { ClientSecret = app.ClientSecret.ToUpperInvariant() } })
            answers.Add(await platform.RenewAsync(client, "rft.x"));

        Assert.All(answers, answer => Assert.Equal((401, "invalid_client", "Client key or secret is incorrect."), (answer.Status, answer.Error, answer.Text("error_description"))));
        Assert.Single(answers.Select(answer => answer.Body.Length).Distinct());
        Assert.Equal((400, "invalid_request", "Client secret is missed in request."), Words(await platform.RenewAsync(app with { ClientSecret = "" }, "rft.x")));
        if (Volume.IsFull)
            Assert.InRange(Math.Abs(await Timing.CompareAsync(2_000, () => platform.RenewAsync(app with { ClientSecret = "no" }, "rft.x"), () => platform.RenewAsync(app with { ClientKey = "sbawnobody0000000" }, "rft.x"))), 0, 4.5);
    }

    // Digests of equal length are compared in constant time, so what could leak is at most how far two SHA-256 agree.
    [Fact]
    public async Task Case_44_the_time_of_a_comparison_does_not_follow_the_right_leading_letters()
    {
        const string secret = "0123456789abcdef0123456789abcdef";
        var app = new ClientApp { SecretDigest = TokenText.Digest(secret) };
        var apps = new ClientApps(new AppOptions { Url = new Uri("http://localhost:7500"), Data = "" }, TestClock.System);
        Assert.True(apps.Matches(app, secret));
        Assert.All(Enumerable.Range(0, secret.Length), right => Assert.False(apps.Matches(app, secret[..right] + new string('x', secret.Length - right))));
        if (!Volume.IsFull)
            return;
        foreach (var right in (int[])[8, 16, 31])
        {
            var t = await Timing.CompareAsync(10_000, () => Compare(new string('x', 32)), () => Compare(secret[..right] + new string('x', 32 - right)));
            Assert.InRange(Math.Abs(t), 0, 4.5);
        }

        Task Compare(string guess)
        {
            for (var times = 0; times < 20; times++)
                apps.Matches(app, guess);
            return Task.CompletedTask;
        }
    }

    [Fact]
    public async Task Case_45_and_15_what_belongs_into_the_form_is_refused_in_the_address_and_the_code_stays_good()
    {
        await using var platform = await PlatformUnderTest.StartAsync();
        var (app, ada) = (await platform.AppAsync(), await platform.PersonAsync("ada"));
        var form = await FormAsync(platform, app, ada);

        foreach (var name in (string[])["client_secret", "code", "code_verifier", "refresh_token", "client_key", "grant_type"])
            Assert.Equal((400, "invalid_request"), Short(await platform.PostAsync($"/v2/oauth/token/?{name}={Uri.EscapeDataString("x" + app.ClientSecret)}", form)));
        Assert.True((await platform.TokenAsync(form)).IsGranted);
    }

    // Precedence: ;charset=UTF-8 is accepted (46).
    [Fact]
    public async Task Case_46_only_a_form_is_read_and_anything_else_has_no_effect()
    {
        await using var platform = await PlatformUnderTest.StartAsync();
        var (app, ada) = (await platform.AppAsync(), await platform.PersonAsync("ada"));
        var form = await FormAsync(platform, app, ada);
        foreach (var type in (string[])
        [
            "application/json", "multipart/form-data; boundary=x", "text/plain", "", "application/x-www-form-urlencoded; charset=utf-16", "application/x-www-form-urlencoded, application/x-www-form-urlencoded",
        ])
        {
            Assert.Equal((415, "application/json"), await AnswerAsync(form, type));
        }

        Assert.Equal((200, "application/json"), await AnswerAsync(form, "application/x-www-form-urlencoded; charset=UTF-8"));
        Assert.Equal((200, "application/json"), await AnswerAsync(await FormAsync(platform, app, ada), "application/x-www-form-urlencoded; charset=\"utf-8\""));

        async Task<(int, string?)> AnswerAsync((string Name, string? Value)[] fields, string type)
        {
            using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(string.Join('&', fields.Select(field => $"{field.Name}={Uri.EscapeDataString(field.Value!)}")))); // all are there
            if (type.Length > 0)
                content.Headers.TryAddWithoutValidation("Content-Type", type);
            using var answer = await platform.Http.PostAsync("/v2/oauth/token/", content);
            return ((int)answer.StatusCode, answer.Content.Headers.ContentType?.MediaType);
        }
    }

    [Fact]
    public async Task Case_46_other_methods_are_refused_in_json_and_the_code_stays_good()
    {
        await using var platform = await PlatformUnderTest.StartAsync();
        var (app, ada) = (await platform.AppAsync(), await platform.PersonAsync("ada"));
        var form = await FormAsync(platform, app, ada);
        foreach (var method in (string[])["GET", "PUT", "DELETE", "PATCH", "OPTIONS"])
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), "/v2/oauth/token/");
            using var answer = await platform.Http.SendAsync(request);
            Assert.Equal((405, "POST", "application/json"), ((int)answer.StatusCode, string.Join(", ", answer.Content.Headers.Allow), answer.Content.Headers.ContentType?.MediaType));
        }
        Assert.True((await platform.TokenAsync(form)).IsGranted);
    }

    [Fact]
    public async Task Case_47_every_parameter_may_come_once()
    {
        await using var platform = await PlatformUnderTest.StartAsync();
        var (app, ada) = (await platform.AppAsync(), await platform.PersonAsync("ada"));
        var form = await FormAsync(platform, app, ada);
        foreach (var field in form)
        {
            Assert.Equal((400, "invalid_request"), Short(await platform.TokenAsync([.. form, field])));
            Assert.Equal((400, "invalid_request"), Short(await platform.TokenAsync([.. form, (field.Item1, "other")])));
            Assert.Equal((400, "invalid_request"), Short(await platform.TokenAsync([.. form, (field.Item1 + "[]", "other")])));
        }
        Assert.True((await platform.TokenAsync([.. form, ("client_id", "ignored"), ("unknown", "ignored")])).IsGranted);
    }

    [Theory]
    [InlineData("Basic", "eDp5")]
    [InlineData("Bearer", "act.x")]
    public async Task Case_48_one_way_of_signing_in_a_request(string scheme, string value)
    {
        await using var platform = await PlatformUnderTest.StartAsync();
        var (app, ada) = (await platform.AppAsync(), await platform.PersonAsync("ada"));
        var form = await FormAsync(platform, app, ada);

        platform.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(scheme, value);
        Assert.Equal((400, "invalid_request"), Short(await platform.TokenAsync(form)));
        platform.Http.DefaultRequestHeaders.Authorization = null;
        Assert.True((await platform.TokenAsync(form)).IsGranted);
    }

    [Fact]
    public async Task Case_49_there_are_three_grant_types_in_this_very_spelling()
    {
        await using var platform = await PlatformUnderTest.StartAsync();
        var (app, ada) = (await platform.AppAsync(), await platform.PersonAsync("ada"));
        var form = await FormAsync(platform, app, ada);
        foreach (var type in (string[])["password", "implicit", "urn:ietf:params:oauth:grant-type:device_code", "", "Authorization_Code", "authorization_code ", "token"])
            Assert.Equal((400, "unsupported_grant_type"), Short(await platform.TokenAsync([.. form.Where(field => field.Item1 != "grant_type"), ("grant_type", type)])));

        var own = await platform.TokenAsync(("client_key", app.ClientKey), ("client_secret", app.ClientSecret), ("grant_type", "client_credentials"));
        Assert.StartsWith("clt.", own.Access, StringComparison.Ordinal);
        Assert.False(await platform.OpensAsync(own.Access));
        Assert.True((await platform.TokenAsync(form)).IsGranted);
    }

    private static async Task<(string, string?)[]> FormAsync(PlatformUnderTest platform, RegisteredApp app, Person ada) =>
    [
        ("client_key", app.ClientKey), ("client_secret", app.ClientSecret), ("grant_type", "authorization_code"), ("code", await platform.CodeAsync(app, ada)),
        ("redirect_uri", PlatformUnderTest.Redirect), ("code_verifier", PlatformUnderTest.Verifier),
    ];

    private static (int, string) Short(TokenReply answer) => (answer.Status, answer.Error);

    private static (int, string, string) Words(TokenReply answer) => (answer.Status, answer.Error, answer.Text("error_description"));
}
