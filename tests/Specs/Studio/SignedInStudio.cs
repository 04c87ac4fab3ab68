using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Holdfast.People;
using Holdfast.People.Sessions;
using Holdfast.Shell.Hosting;
using Holdfast.Specs.Storage;
using Holdfast.Storage;
using Holdfast.Studio;
using Holdfast.Studio.Workspaces;

namespace Holdfast.Specs.Studio;

/// <summary>The real Studio with a member signed in, as a browser meets it; the clock moves only when told.</summary>
internal sealed class SignedInStudio : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly string folder;
    private readonly SocketsHttpHandler handler;

    private SignedInStudio(WebApplication app, TestClock clock, string folder, string session, Workspace workspace, string memberId)
    {
        this.app = app;
        this.folder = folder;
        Clock = clock;
        Workspace = workspace;
        MemberId = memberId;
        handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = true };
        handler.CookieContainer.Add(new System.Net.Cookie(StudioApp.Identity.Cookie(AppCookie.Session, https: false), session, "/", "localhost"));
        Http = new HttpClient(handler) { BaseAddress = new Uri($"http://localhost:{app.BoundAddress().Port}") };
        Http.DefaultRequestHeaders.Accept.ParseAdd("text/html");
        Http.DefaultRequestHeaders.Add("Sec-Fetch-Site", "same-origin");
    }

    public TestClock Clock { get; }

    /// <summary>Where its files are.</summary>
    public string Folder => folder;

    public Workspace Workspace { get; }

    public string MemberId { get; }

    public HttpClient Http { get; }

    public Database Database => Service<Database>();

    public T Service<T>() where T : notnull => app.Services.GetRequiredService<T>();

    public static async Task<SignedInStudio> StartAsync(DateTimeOffset now, string zone = "Europe/Berlin", Engine engine = Engine.Sqlite, Action<WebApplicationBuilder>? configure = null)
    {
        var clock = new TestClock(now);
        var name = "s" + Convert.ToHexStringLower(new SystemSecrets().Bytes(8));
        var data = Path.Combine(Path.GetTempPath(), "holdfast-specs", name);
        var app = StudioApp.Build(new AppOptions { Url = new Uri("http://localhost:0"), Data = data }, clock, builder =>
        {
            builder.Services.AddQuickHashes();
            builder.Services.AddSingleton(_ => Databases.Open(name, data, engine == Engine.PostgreSql ? DatabaseUnderTest.PostgresServer : null, clock, nodesClock: clock));
            configure?.Invoke(builder);
        });
        await app.StartReadyAsync();
        var member = ((SignUpResult.Added)await app.Services.GetRequiredService<PeopleStore>().SignUpAsync(new NewPerson("maren", "correct horse", "maren@example.test", "Maren Holt"))).Person;
        var workspace = await app.Services.GetRequiredService<WorkspaceStore>().AddAsync("Kiln & Tide", zone, member.Id);
        var session = await app.Services.GetRequiredService<SessionStore>().BeginAsync(member.Id, "specs", "::1");
        return new SignedInStudio(app, clock, data, session, workspace, member.Id);
    }

    /// <summary>From now on the browser is this person's.</summary>
    public async Task SwitchToAsync(string personId) => handler.CookieContainer.Add(
        new System.Net.Cookie(StudioApp.Identity.Cookie(AppCookie.Session, https: false), await Service<SessionStore>().BeginAsync(personId, "specs", "::1"), "/", "localhost"));

    public async Task<IHtmlDocument> PageAsync(string path, int status = 200)
    {
        using var answer = await Http.GetAsync(path);
        var html = await answer.Content.ReadAsStringAsync();
        Assert.True((int)answer.StatusCode == status, $"{path} answered {(int)answer.StatusCode}: {html}");
        return new HtmlParser().ParseDocument(html);
    }

    /// <summary>Sends a form of <paramref name="from"/>'s page, with its anti-forgery token.</summary>
    public async Task<HttpResponseMessage> PostAsync(string from, string path, bool asScript = false, params (string Name, string Value)[] fields)
    {
        var token = (await PageAsync(from)).QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!; // every page of a member has a form
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))) };
        request.Headers.Add("X-Antiforgery", token);
        if (asScript)
        {
            request.Headers.Accept.Clear();
            request.Headers.Accept.ParseAdd("application/json");
        }
        return await Http.SendAsync(request);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        handler.Dispose();
        await app.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}
