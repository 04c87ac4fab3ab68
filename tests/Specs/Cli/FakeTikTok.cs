using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace Holdfast.Specs.Cli;

/// <summary>A server that speaks TikTok's authorization over loopback, where everybody agrees to everything. It stands at the edge: what it says is written down in Contract/.</summary>
internal sealed class FakeTikTok : IAsyncDisposable
{
    private const string TokenPair = """{"access_token":"act.1","expires_in":7200,"open_id":"-000x","refresh_expires_in":15552000,"refresh_token":"rft.1","scope":"SCOPE","token_type":"Bearer","log_id":"L1"}""";
    private readonly WebApplication app;

    private FakeTikTok(WebApplication app) => this.app = app;

    /// <summary>What the redirect carries; <c>code</c> and friends.</summary>
    public Func<string> Answer { get; set; } = () => "code=abc%2A0%216123.u1&scopes=user.info.basic";

    /// <summary>The query of the error page the link ends at; null takes the link.</summary>
    public string? ErrorPage { get; set; }

    /// <summary>Status and body of a refused exchange; null grants.</summary>
    public (int Status, string Body)? Refusal { get; set; }

    public ConcurrentQueue<IFormCollection> Exchanges { get; } = [];

    public Uri Address => new(app.Urls.First());

    public static async Task<FakeTikTok> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var fake = new FakeTikTok(builder.Build());
        fake.app.Run(fake.HandleAsync);
        await fake.app.StartAsync();
        return fake;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private Task HandleAsync(HttpContext context) => context.Request.Path.Value switch
    {
        "/health/live" => context.Response.WriteAsync("live"),
        "/v2/auth/authorize/" => Authorize(context),
        "/v2/oauth/token/" => ExchangeAsync(context),
        _ => Task.CompletedTask,
    };

    private Task Authorize(HttpContext context)
    {
        var query = context.Request.Query;
        if (ErrorPage is { } page)
        {
            context.Response.Redirect("/v2/auth/authorize/?" + page);
        }
        else
        {
            challenge = query["code_challenge"].ToString();
            context.Response.Redirect($"{query["redirect_uri"]}?{Answer()}&state={query["state"]}");
        }

        return Task.CompletedTask;
    }

    private string challenge = "";

    private async Task ExchangeAsync(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync();
        Exchanges.Enqueue(form);
        var digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"].ToString())));
        var (status, body) = Refusal ?? (digest == challenge
            ? (200, TokenPair.Replace("SCOPE", "user.info.basic", StringComparison.Ordinal))
            : (400, """{"error":"invalid_request","error_description":"Code verifier or code challenge is invalid.","log_id":"L2"}"""));
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = Encoding.UTF8.GetByteCount(body);
        await context.Response.WriteAsync(string.Create(CultureInfo.InvariantCulture, $"{body}"));
    }
}
