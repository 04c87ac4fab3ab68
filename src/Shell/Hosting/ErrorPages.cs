using System.Security.Cryptography;
using Holdfast.Shell.Pages;

namespace Holdfast.Shell.Hosting;

/// <summary>Every failure a person can meet becomes one plain page: what happened, what to do, a reference for the log; never a stack or a path. Programs get <see cref="FailureAnswer"/>.</summary>
internal sealed class ErrorPages(RequestDelegate next, ILogger<ErrorPages> log)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            return; // the browser went away
        }
        catch (BadHttpRequestException bad)
        {
            await ShowAsync(context, bad.StatusCode, "");
            return;
        }
        catch (Exception failure)
        {
            var reference = RandomNumberGenerator.GetHexString(10, lowercase: true);
            log.RequestFailed(failure, context.Request.Method, context.Request.Path, reference);
            await ShowAsync(context, StatusCodes.Status500InternalServerError, reference);
            return;
        }

        if (context.Response is { HasStarted: false, StatusCode: >= 400, ContentLength: null, ContentType: null })
            await ShowAsync(context, context.Response.StatusCode, "");
    }

    private static async Task ShowAsync(HttpContext context, int status, string reference)
    {
        if (context.Response.HasStarted)
        {
            context.Abort(); // half an answer must not look whole
            return;
        }
        var (allow, connection) = (context.Response.Headers.Allow, context.Response.Headers.Connection);
        context.Response.Clear();
        (context.Response.Headers.Allow, context.Response.Headers.Connection) = (allow, connection); // a 405 says what is allowed
        var answer = context.RequestServices.GetServices<FailureAnswer>().FirstOrDefault(one => one.Covers(context.Request.Path))?.Say(status) ?? ErrorPage.Show(status, reference);
        await answer.ExecuteAsync(context);
    }
}
