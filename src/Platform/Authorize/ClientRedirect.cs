using Holdfast.Platform.Profiles;

namespace Holdfast.Platform.Authorize;

/// <summary>Sends the browser to the app, with the answer in the query (§1.5, §1.6).</summary>
internal static class ClientRedirect
{
    /// <summary><c>code</c>, <c>scopes</c>, <c>state</c>; <c>*</c> and <c>!</c> of the code travel encoded.</summary>
    /// <param name="wantsIssuer">Adds <c>iss</c>, our own address (RFC 9207): only for apps that asked with <c>iss=1</c>, because TikTok sends none.</param>
    public static IResult Granted(HttpContext http, string redirectUri, string code, IEnumerable<string> scopes, string? state, bool wantsIssuer = false) =>
        To(http, redirectUri, ("code", code), ("scopes", string.Join(',', scopes)), ("state", state), Issuer(http, wantsIssuer));

    /// <inheritdoc cref="Granted"/>
    public static IResult Cancelled(HttpContext http, string redirectUri, string? state, bool wantsIssuer = false) =>
        To(http, redirectUri, ("error", "access_denied"), ("error_description", "The user declined the authorization request."), ("state", state), Issuer(http, wantsIssuer));

    private static (string, string?) Issuer(HttpContext http, bool isWanted) => ("iss", isWanted ? http.RequestServices.GetRequiredService<SiteLinks>().At("") : null);

    // 302 answers a GET, as TikTok does; a form's post gets 303, so that no browser ever repeats it at the app (attack case 29).
    private static IResult To(HttpContext http, string redirectUri, params (string Name, string? Value)[] values)
    {
        http.Response.Headers.Location = $"{redirectUri}?{string.Join('&', values.Where(pair => pair.Value is not null).Select(pair => $"{pair.Name}={Uri.EscapeDataString(pair.Value!)}"))}"; // nulls were filtered
        return TypedResults.StatusCode(HttpMethods.IsGet(http.Request.Method) ? StatusCodes.Status302Found : StatusCodes.Status303SeeOther);
    }
}
