using Holdfast.Shell.Hosting;

namespace Holdfast.Shell.Guards;

/// <summary>Refuses writes that another site's page sends with our person's cookies (design rule 11).</summary>
/// <remarks><c>Sec-Fetch-Site</c> decides; <c>Origin</c> only where it is absent, because a no-referrer page sends <c>Origin: null</c>. Anti-forgery tokens stand behind this.</remarks>
internal sealed class CrossSiteGuard(RequestDelegate next, AppOptions options)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (IsSafe(context.Request.Method) || context.GetEndpoint()?.Metadata.GetMetadata<TakesForeignCalls>() is not null || IsOurs(context.Request))
            return next(context);

        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }

    private static bool IsSafe(string method) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method);

    private bool IsOurs(HttpRequest request) => request.Headers["Sec-Fetch-Site"] switch
    {
        [var site] => site is "same-origin",
        [] => request.Headers.Origin is [] || (request.Headers.Origin is [var origin] && (origin == $"{request.Scheme}://{request.Host}" || origin == options.Url.GetLeftPart(UriPartial.Authority))),
        _ => false,
    };
}

/// <summary>Marks protocol endpoints: they authenticate by secret or token, never by cookie, so a foreign caller gains nothing.</summary>
public sealed class TakesForeignCalls;
