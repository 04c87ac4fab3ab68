using Holdfast.Platform.Authorize;
using Holdfast.Platform.Tokens;
using Holdfast.Storage;

namespace Holdfast.Platform.Qr;

/// <summary><c>POST /v2/oauth/check_qrcode/</c>: where a QR code stands; once, the authorization code.</summary>
internal sealed class CheckQrCode(Database database, ClientApps apps, QrRequests requests, IssueCode issue, TimeProvider clock)
{
    public static Task AnswerAsync(HttpContext http) =>
        OAuthEndpoints.AnswerAsync(http, request => http.RequestServices.GetRequiredService<CheckQrCode>().RunAsync(request, http.RequestAborted));

    public async Task<OAuthAnswer> RunAsync(OAuthRequest.Readable request, CancellationToken aborted)
    {
        if (request.Fields["token"] is not { Length: > 0 and <= 512 } token)
            return OAuthAnswer.Refused(OAuthError.Malformed);
        var app = await database.ReadAsync(session => apps.FindAsync(session, request.ClientKey), aborted);
        if (!apps.Matches(app, request.ClientSecret))
            return OAuthAnswer.Refused(OAuthError.WrongClient);

        return await requests.PollAsync(token, app!.Id, aborted) switch // Matches said there is an app
        {
            (_, null) => OAuthAnswer.Refused(OAuthError.QrTokenInvalid),
            (true, _) => OAuthAnswer.Refused(OAuthError.SlowDown),
            (_, var found) => QrRule.StateOf(found, clock.GetUtcNow()) switch
            {
                QrState.Confirmed => await HandOutAsync(found, aborted),
                var state => new OAuthAnswer.QrStatus(state, state is QrState.New or QrState.Expired ? "" : found.ClientTicket),
            },
        };
    }

    // The code is made now and not when the person confirmed: until it is asked for there is none to steal.
    private async Task<OAuthAnswer> HandOutAsync(QrRequest found, CancellationToken aborted)
    {
        // Web, because no PKCE challenge comes with a QR code: secret and poll token prove who the client is.
        var approval = new Approval(found.AppId, found.PersonId!, RedirectPlatform.Web, found.RedirectUri, null, ScopeList.Split(found.Scopes), ScopeList.Split(found.Granted!)); // confirmed, so both are there
        return await issue.RunAsync(approval, session => requests.UtiliseAsync(session, found.Id), aborted) is { } code
            ? new OAuthAnswer.QrConfirmed(found.ClientTicket, code, $"{found.RedirectUri}?code={Uri.EscapeDataString(code)}", found.State)
            : new OAuthAnswer.QrStatus(QrState.Utilised, found.ClientTicket);
    }
}
