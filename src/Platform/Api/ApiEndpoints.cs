using Holdfast.Platform.Permissions;
using Holdfast.Platform.Tokens;
using Holdfast.Shell.Guards;

namespace Holdfast.Platform.Api;

/// <summary>Marks endpoints of the resource API: token first, then scope, then the handler (§7.2, check order).</summary>
internal static class ApiEndpoints
{
    /// <summary>Asks for a living access token with one of <paramref name="scopes"/>; the handler finds it with <see cref="Access"/>.</summary>
    /// <param name="withData">Refusals carry <c>"data":{}</c>, as in the Display API.</param>
    public static TBuilder RequireAccess<TBuilder>(this TBuilder endpoints, bool withData, params string[] scopes) where TBuilder : IEndpointConventionBuilder =>
        endpoints.Require(withData, async (http, refuse) =>
        {
            if (await http.RequestServices.GetRequiredService<AccessTokens>().VerifyAsync(http.Request, http.RequestAborted) is not { } access)
                return refuse(ApiError.AccessTokenInvalid);
            http.Features.Set(access);
            if (scopes.Length > 0 && !scopes.Any(access.Scopes.Contains))
                return refuse(ApiError.ScopeNotAuthorized);
            await http.RequestServices.GetRequiredService<LastUse>().NoteAsync(access, http.RequestAborted);
            return null;
        });

    /// <summary>Guards an endpoint of machines: what <paramref name="check"/> answers instead of <c>null</c> is the answer, and no failure becomes a page.</summary>
    public static TBuilder Require<TBuilder>(this TBuilder endpoints, bool withData, Func<HttpContext, Func<ApiError, IResult>, Task<IResult?>> check) where TBuilder : IEndpointConventionBuilder =>
        endpoints.WithMetadata(new TakesForeignCalls()).DisableAntiforgery().AddEndpointFilter(async (call, next) =>
        {
            Func<ApiError, IResult> refuse = withData ? ApiAnswer.RefusedWithData : ApiAnswer.Refused;
            var http = call.HttpContext;
            try
            {
                return http.Request.Headers.ContentEncoding.Count > 0
                    ? refuse(ApiError.Unreadable(StatusCodes.Status415UnsupportedMediaType))
                    : await check(http, refuse) ?? await next(call);
            }
            // A client of the API must never meet our HTML.
            catch (BadHttpRequestException bad)
            {
                return refuse(ApiError.Unreadable(bad.StatusCode));
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                http.RequestServices.GetRequiredService<ILogger<ApiError>>().Failed(failure, http.Request.Path);
                return refuse(ApiError.InternalError);
            }
        });

    /// <summary>Whose token this request carries and what it opens.</summary>
    /// <exception cref="InvalidOperationException">The endpoint lacks <see cref="RequireAccess"/>.</exception>
    public static AccessGrant Access(this HttpContext http) =>
        http.Features.Get<AccessGrant>() ?? throw new InvalidOperationException("This endpoint needs RequireAccess().");
}
