using System.Buffers.Text;
using System.Text;
using Holdfast.Platform.Authorize;
using Holdfast.Platform.Qr;
using Holdfast.Platform.SignIn;
using Holdfast.Platform.Tokens;
using Holdfast.Shell.Pages;
using Holdfast.Storage;

namespace Holdfast.Platform.Developers.GetACode;

/// <summary><c>/developers/get-a-code/qr</c>: shows a QR code as an app on a desk or a television would, and polls it.</summary>
internal static class QrGuideEndpoints
{
    private const string Here = "/developers/get-a-code/qr";
    private static readonly string[] Scopes = [KnownScopes.Basic, "video.list"];

    public static void Map(IEndpointRouteBuilder routes)
    {
        var guide = routes.MapGroup(Here);
        guide.MapGet("", ShowAsync);
        guide.MapGet("/status", StatusAsync);
        guide.MapPost("/begin", BeginAsync);
        guide.MapPost("/check", CheckAsync);
    }

    private static async Task<IResult> ShowAsync(HttpContext http, GuideCookie cookie, AppRegistry apps, DemoPeople demo, QrRequests requests, TimeProvider clock, CancellationToken aborted) =>
        await ViewAsync(http, cookie, apps, demo, requests, clock, aborted) is { } view ? Page.Show<QrGuidePage>(new { View = view }) : Page.Show<NoAppPage>();

    private static async Task<IResult> StatusAsync(HttpContext http, GuideCookie cookie, QrRequests requests, TimeProvider clock, CancellationToken aborted) =>
        cookie.ReadQr(http) is { } code && await requests.FindAsync(code.Id, aborted) is { } found ? TypedResults.Text(Word(found, clock)) : TypedResults.NotFound();

    private static async Task<IResult> BeginAsync(
        IFormCollection form, HttpContext http, GuideCookie cookie, AppRegistry apps, DemoPeople demo, AskingApps asking, GetQrCode make, ISecretSource secrets, CancellationToken aborted)
    {
        var offered = await GuideEndpoints.OfferedAsync(http, apps, demo, aborted);
        if (offered.FirstOrDefault(app => app.ClientKey == form["client_key"]) is { } chosen && await asking.FindAsync(chosen.ClientKey, aborted) is { } app)
        {
            var scopes = Scopes.Where(app.Scopes.Contains).ToList();
            if (QrRule.ProblemWith(app, scopes, null) is null && await make.MakeAsync(http, app, scopes, null) is { } made)
            {
                cookie.WriteQr(http, new QrGuide
                {
                    ClientKey = app.ClientKey,
                    Id = made.Id,
                    Token = made.Token,
                    Link = made.Link.Replace("client_ticket=tobefilled", "client_ticket=" + Base64Url.EncodeToString(secrets.Bytes(12)), StringComparison.Ordinal),
                });
            }
        }
        return Results.LocalRedirect(Here + "#code");
    }

    private static async Task<IResult> CheckAsync(
        IFormCollection form, HttpContext http, GuideCookie cookie, AppRegistry apps, DemoPeople demo, QrRequests requests, CheckQrCode check, TimeProvider clock, CancellationToken aborted)
    {
        if (cookie.ReadQr(http) is not { } code || await ViewAsync(http, cookie, apps, demo, requests, clock, aborted) is not { } view)
            return Results.LocalRedirect(Here);
        // What the command beside the button sends, read by the same code.
        var fields = FormFields.Read(Encoding.UTF8.GetBytes($"token={code.Token}"))!; // base64url
        var answer = await check.RunAsync(new(fields, code.ClientKey, view.Secret ?? form["client_secret"].ToString()), aborted);
        var after = await ViewAsync(http, cookie, apps, demo, requests, clock, aborted);
        return Page.Show<QrGuidePage>(new { View = (after ?? view) with { Answer = answer.Show(http) } });
    }

    private static async Task<QrGuideView?> ViewAsync(HttpContext http, GuideCookie cookie, AppRegistry apps, DemoPeople demo, QrRequests requests, TimeProvider clock, CancellationToken aborted)
    {
        var offered = await GuideEndpoints.OfferedAsync(http, apps, demo, aborted);
        if (offered.Count == 0)
            return null;
        var code = cookie.ReadQr(http);
        var app = offered.FirstOrDefault(app => app.ClientKey == code?.ClientKey) ?? offered[0];
        var found = code is null ? null : await requests.FindAsync(code.Id, aborted);
        return new QrGuideView
        {
            Apps = offered,
            Origin = $"{http.Request.Scheme}://{http.Request.Host}",
            App = app,
            Secret = app.IsDemo ? DemoContent.ClientSecret : null,
            Code = found is null ? null : code,
            Request = found,
            Status = found is null ? "" : Word(found, clock),
        };
    }

    private static string Word(QrRequest found, TimeProvider clock) => QrRule.StateOf(found, clock.GetUtcNow()).ToString().ToLowerInvariant();
}
