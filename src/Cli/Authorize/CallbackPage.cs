using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace Holdfast.Cli.Authorize;

/// <summary>What the browser shows when it comes back: nothing foreign, no referrer, and the code leaves the address bar.</summary>
internal static class CallbackPage
{
    private const string Script = "history.replaceState(null,'','/');";
    private const string Style = "body{font:16px/1.5 system-ui,sans-serif;max-width:32rem;margin:20vh auto;padding:0 1.5rem;color:#1d2430;background:#fff}"
        + "h1{font-size:1.4rem}@media(prefers-color-scheme:dark){body{color:#e8ebf0;background:#14181f}}";

    private static readonly string Policy =
        $"default-src 'none'; script-src 'sha256-{Hash(Script)}'; style-src 'sha256-{Hash(Style)}'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    public static async Task WriteAsync(HttpContext context, int status, string title, string text)
    {
        var headers = context.Response.Headers;
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/html; charset=utf-8";
        headers.CacheControl = "no-store";
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        await context.Response.WriteAsync(
            $"""
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="referrer" content="no-referrer">
            <title>{WebUtility.HtmlEncode(title)}</title><link rel="icon" href="data:,"><style>{Style}</style><script>{Script}</script></head>
            <body><main><h1>{WebUtility.HtmlEncode(title)}</h1><p>{WebUtility.HtmlEncode(text)}</p></main></body></html>
            """,
            context.RequestAborted);
    }

    private static string Hash(string text) => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
