using System.Net;
using System.Web;
using Holdfast.People.Sessions;
using Holdfast.Shell.Hosting;
using Holdfast.Studio.Accounts;
using Holdfast.Studio.Accounts.Tokens;
using Holdfast.TikTok;

namespace Holdfast.Specs.Studio.Accounts;

/// <summary>A signed-in member, a TikTok of ours, and the handshake between them through the real pipeline.</summary>
public abstract class ConnectingStudio : IAsyncLifetime
{
    private protected const string Start = "/connect/tiktok/";

    private protected static readonly FakeAccount Ada = new("open-ada", "Ada");
    private protected static readonly FakeAccount Bruno = new("open-bruno-2", "Bruno");

    private protected readonly Listener heard = new();
    private protected SignedInStudio studio = null!; // made before every test
    private protected FakeTikTok tiktok = null!; // made before every test

    public async ValueTask InitializeAsync()
    {
        studio = await SignedInStudio.StartAsync(DateTimeOffset.FromUnixTimeSeconds(1_793_491_200), configure: builder =>
        {
            builder.Services.AddSingleton(services => new TikTokWire(tiktok = new FakeTikTok(services.GetRequiredService<TimeProvider>())));
            builder.Services.AddSingleton<IConnectionListener>(heard);
        });
        await studio.Service<StudioTikTok>().SaveAsync(TikTokEndpoints.At(new Uri("http://localhost:1")), new ClientCredentials(FakeTikTok.ClientKey, new ClientSecret(FakeTikTok.ClientSecret)));
    }

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return studio.DisposeAsync();
    }

    /// <summary>Presses the link; the answer is what TikTok is asked.</summary>
    private protected async Task<Dictionary<string, string>> BeginAsync(string link = Start)
    {
        using var answer = await studio.Http.GetAsync(link);
        // A window stops at a page of ours, whose link leads on.
        var url = answer.StatusCode == HttpStatusCode.OK
            ? new Uri(new AngleSharp.Html.Parser.HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync()).QuerySelector("[data-connect-on]")!.GetAttribute("href")!)
            : answer.Headers.Location!;
        var query = HttpUtility.ParseQueryString(url.Query);
        return query.AllKeys.ToDictionary(key => key!, key => query[key]!);
    }

    /// <summary>TikTok's redirect back, naming the platform that was asked unless <paramref name="query"/> names one; the answer is where we send the browser.</summary>
    private protected async Task<string> CallbackAsync(string query)
    {
        using var answer = await studio.Http.GetAsync($"/connect/tiktok/callback/{query}{(query.Contains("&iss", StringComparison.Ordinal) ? "" : "&iss=http%3A%2F%2Flocalhost%3A1")}");
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return answer.Headers.Location!.OriginalString;
    }

    private protected async Task<string> ConsentAsync(FakeAccount account, string link = Start, string scopes = FakeTikTok.AllScopes)
    {
        var asked = await BeginAsync(link);
        return await CallbackAsync($"?code={HttpUtility.UrlEncode(tiktok.Consent(account, scopes, asked["code_challenge"]))}&scopes={HttpUtility.UrlEncode(scopes)}&state={asked["state"]}");
    }

    private protected static string IdOf(string target) => target.Split('/', '?')[2];

    private protected async Task<ConnectionRow> RowAsync(string id) => (await studio.Service<ConnectionStore>().FindAsync(studio.Workspace.Id, id))!;

    private protected async Task<string> TokenAsync(string id) =>
        Assert.IsType<AccessTokenAnswer.Usable>(await studio.Service<AccessTokens>().ForAsync(studio.Workspace.Id, id)).Token.Reveal();

    private protected async Task<RefreshToken> RefreshTokenAsync(string id)
    {
        var closed = await studio.Database.ReadAsync(session => TokenPair.SealedRefreshAsync(session, id));
        return studio.Service<TokenPair>().OpenRefresh(closed!, id);
    }

    private protected Task<HttpClient> OtherSessionAsync() => SignedInAsync(studio.MemberId);

    private protected async Task<HttpClient> StrangerAsync()
    {
        var stranger = ((Holdfast.People.SignUpResult.Added)await studio.Service<Holdfast.People.PeopleStore>().SignUpAsync(new("stranger", "correct horse"))).Person;
        await studio.Service<Holdfast.Studio.Workspaces.WorkspaceStore>().AddAsync("Elsewhere", "Europe/Berlin", stranger.Id);
        return await SignedInAsync(stranger.Id);
    }

    private protected async Task<HttpClient> SignedInAsync(string personId)
    {
        var session = await studio.Service<SessionStore>().BeginAsync(personId, "specs", "::1");
        var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = studio.Http.BaseAddress };
        http.DefaultRequestHeaders.Add("Cookie", $"{Holdfast.Studio.StudioApp.Identity.Cookie(AppCookie.Session, https: false)}={session}");
        return http;
    }
}
