namespace Holdfast.Platform.Authorize;

/// <summary>Sends the browser to the app, with the answer in the query (§1.5, §1.6).</summary>
internal static class ClientRedirect
{
    /// <summary><c>code</c>, <c>scopes</c>, <c>state</c>; <c>*</c> and <c>!</c> of the code travel encoded.</summary>
    public static IResult Granted(HttpContext http, string redirectUri, string code, IEnumerable<string> scopes, string? state) =>
        To(http, redirectUri, ("code", code), ("scopes", string.Join(',', scopes)), ("state", state));

    public static IResult Cancelled(HttpContext http, string redirectUri, string? state) =>
        To(http, redirectUri, ("error", "access_denied"), ("error_description", "The user declined the authorization request."), ("state", state));

    // 302 answers a GET, as TikTok does; a form's post gets 303, so that no browser ever repeats it at the app (attack case 29).
    private static IResult To(HttpContext http, string redirectUri, params (string Name, string? Value)[] values)
    {
        http.Response.Headers.Location = $"{redirectUri}?{string.Join('&', values.Where(pair => pair.Value is not null).Select(pair => $"{pair.Name}={Uri.EscapeDataString(pair.Value!)}"))}"; // nulls were filtered
        return TypedResults.StatusCode(HttpMethods.IsGet(http.Request.Method) ? StatusCodes.Status302Found : StatusCodes.Status303SeeOther);
    }
}
