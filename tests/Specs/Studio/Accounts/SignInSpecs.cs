using System.Net;
using AngleSharp.Html.Parser;
using Holdfast.Shell.Hosting;
using Holdfast.Studio;

namespace Holdfast.Specs.Studio.Accounts;

/// <summary>The door: sign-in, the demo's one click, and the first owner of an empty installation.</summary>
public sealed class SignInSpecs : IAsyncDisposable
{
    private WebApplication? app;
    private HttpClient? http;

    [Fact]
    public async Task A_wrong_password_gets_a_sentence_and_the_right_one_the_page_that_was_asked_for()
    {
        await StartAsync(demo: true);
        await app!.SeedDemoAsync();

        using var asked = await http!.GetAsync("/accounts");
        var door = asked.Headers.Location!.OriginalString;
        using var wrong = await PostAsync(door, "/sign-in", ("username", "owner@example.test"), ("password", "not this one"), ("next", "/accounts"));
        using var right = await PostAsync(door, "/sign-in", ("username", "owner@example.test"), ("password", "holdfast-demo-1"), ("next", "/accounts"));

        Assert.Equal("/sign-in?next=%2Faccounts", door);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        Assert.Contains("do not belong together", await wrong.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal("/accounts", right.Headers.Location?.OriginalString);
    }

    [Theory]
    [InlineData("//evil.example")]
    [InlineData("https://evil.example")]
    [InlineData("/\\evil.example")]
    public async Task Sign_in_leads_to_our_own_pages_only(string next)
    {
        await StartAsync(demo: true);
        await app!.SeedDemoAsync();

        using var answer = await PostAsync("/sign-in", "/sign-in", ("username", "owner"), ("password", "holdfast-demo-1"), ("next", next));

        Assert.Equal("/", answer.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task One_click_signs_in_as_the_demo_owner_and_signing_out_ends_it()
    {
        await StartAsync(demo: true);

        using var clicked = await PostAsync("/sign-in", "/sign-in/demo", ("next", "/accounts"));
        using var inside = await http!.GetAsync("/accounts");
        using var left = await PostAsync("/accounts", "/sign-out");
        using var outside = await http.GetAsync("/accounts");

        Assert.Equal("/accounts", clicked.Headers.Location?.OriginalString);
        Assert.Contains("Kiln &amp; Tide", await inside.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal("/sign-in", left.Headers.Location?.OriginalString);
        Assert.Equal(HttpStatusCode.Redirect, outside.StatusCode);
    }

    [Fact]
    public async Task Without_demo_content_there_is_no_demo_sign_in()
    {
        await StartAsync(demo: false);
        await app!.SeedDemoAsync();

        using var answer = await PostAsync("/setup", "/sign-in/demo");

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.NotNull(await app!.SetupTokenAsync());
    }

    [Fact]
    public async Task Setting_up_takes_the_consoles_token_once()
    {
        await StartAsync(demo: false);
        (string, string)[] Form(string token) => [("token", token), ("workspace", "Kiln & Tide"), ("zone", "Europe/Berlin"), ("userName", "maren"), ("password", "a few plain words")];

        using var guessed = await PostAsync("/setup", "/setup", Form("00000000000000000000000000000000"));
        using var made = await PostAsync("/setup", "/setup", Form((await app!.SetupTokenAsync())!));
        using var closed = await http!.GetAsync("/setup");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, guessed.StatusCode);
        Assert.Equal("/", made.Headers.Location?.OriginalString);
        Assert.Equal("/sign-in", closed.Headers.Location?.OriginalString);
        Assert.Null(await app!.SetupTokenAsync());
    }

    public async ValueTask DisposeAsync()
    {
        http?.Dispose();
        if (app is not null)
            await app.DisposeAsync();
    }

    private async Task StartAsync(bool demo)
    {
        app = StudioApp.Build(new AppOptions { Url = new Uri("http://localhost:0"), Data = Directory.CreateTempSubdirectory("holdfast-door").FullName, Demo = demo }, TestClock.System);
        await app.StartReadyAsync();
        http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri($"http://localhost:{app.BoundAddress().Port}") };
        http.DefaultRequestHeaders.Accept.ParseAdd("text/html");
    }

    private async Task<HttpResponseMessage> PostAsync(string from, string path, params (string Name, string Value)[] fields)
    {
        var page = new HtmlParser().ParseDocument(await http!.GetStringAsync(from));
        var token = page.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        return await http.PostAsync(path, new FormUrlEncodedContent(fields.Append(("__RequestVerificationToken", token)).Select(field => KeyValuePair.Create(field.Item1, field.Item2))));
    }
}
