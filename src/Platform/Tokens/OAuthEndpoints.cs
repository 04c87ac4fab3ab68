using Holdfast.People.Sessions;
using Holdfast.Platform.Api;
using Holdfast.Shell.Guards;

namespace Holdfast.Platform.Tokens;

/// <summary><c>/v2/oauth/token/</c> and <c>/v2/oauth/revoke/</c>, with and without the slash.</summary>
internal static class OAuthEndpoints
{
    public static void MapOAuth(this IEndpointRouteBuilder routes)
    {
        // Every method, so that a client that uses the wrong one meets our JSON and not a page. Nobody is signed in here: no cookie is looked at.
        routes.Map("/v2/oauth/token", Token).WithMetadata(new TakesForeignCalls()).DisableAntiforgery().ShortCircuit();
        routes.Map("/v2/oauth/revoke", Revoke).WithMetadata(new TakesForeignCalls()).DisableAntiforgery().ShortCircuit();
    }

    private static Task Token(HttpContext http)
    {
        var arrival = http.RequestServices.GetRequiredService<RecentExchanges>().Arrive();
        return AnswerAsync(http, request => request.Fields["grant_type"] switch
        {
            "authorization_code" => ExchangeAsync(http, request, arrival),
            "refresh_token" => http.RequestServices.GetRequiredService<RenewTokens>().RunAsync(request),
            "client_credentials" => http.RequestServices.GetRequiredService<GrantClientToken>().RunAsync(request),
            null => Task.FromResult(OAuthAnswer.Refused(OAuthError.Malformed)),
            _ => Task.FromResult(OAuthAnswer.Refused(OAuthError.UnsupportedGrant)),
        });
    }

    private static async Task<OAuthAnswer> ExchangeAsync(HttpContext http, OAuthRequest.Readable request, long arrival)
    {
        var answer = await http.RequestServices.GetRequiredService<ExchangeCode>().RunAsync(request, arrival);
        if (answer.Error != OAuthError.CodeExpired || !http.RequestServices.GetRequiredService<DeadCodes>().AreTooMany(request.ClientKey, Network.Of(SessionCookie.Address(http))))
            return answer;
        http.Response.Headers.RetryAfter = DeadCodes.RetryAfterSeconds;
        return OAuthAnswer.Refused(OAuthError.TooManyCodes);
    }

    private static Task Revoke(HttpContext http) =>
        AnswerAsync(http, http.RequestServices.GetRequiredService<RevokeAccess>().RunAsync);

    /// <summary>Reads the form, runs, and answers in flat JSON whatever happens.</summary>
    public static async Task AnswerAsync(HttpContext http, Func<OAuthRequest.Readable, Task<OAuthAnswer>> run, bool needsSecret = true)
    {
        OAuthAnswer answer;
        try
        {
            answer = await OAuthRequest.ReadAsync(http.Request, needsSecret, http.RequestAborted) switch
            {
                OAuthRequest.Readable readable => await run(Noted(http, readable)),
                OAuthRequest.Unreadable(var error) => OAuthAnswer.Refused(error),
                var other => throw new System.Diagnostics.UnreachableException($"No answer for {other.GetType().Name}."),
            };
        }
        catch (BadHttpRequestException bad)
        {
            answer = OAuthAnswer.Refused(bad.StatusCode switch { 408 => OAuthError.TooSlow, 413 => OAuthError.TooLarge, _ => OAuthError.Malformed });
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            http.RequestServices.GetRequiredService<ILogger<OAuthError>>().Failed(failure, http.Request.Path);
            answer = OAuthAnswer.Refused(OAuthError.Server);
        }
        await answer.ExecuteAsync(http);
    }

    private static OAuthRequest.Readable Noted(HttpContext http, OAuthRequest.Readable request)
    {
        if (http.Features.Get<CallNote>() is { } note)
            note.ClientKey = request.ClientKey;
        return request;
    }
}
