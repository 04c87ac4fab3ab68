using Holdfast.Shell.Hosting;

namespace Holdfast.Shell.Guards;

/// <summary>The headers of every answer: nothing foreign runs, nothing frames us, nothing is kept.</summary>
internal sealed class SecurityHeaders(RequestDelegate next, AppOptions options)
{
    private const string Start = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; connect-src 'self'";
    private const string End = "; manifest-src 'self'; base-uri 'none'; frame-ancestors 'none'";

    private const string Sandbox = "default-src 'none'; frame-ancestors 'none'; sandbox";

    public Task InvokeAsync(HttpContext context)
    {
        context.Response.OnStarting(static state =>
        {
            var (context, https) = ((HttpContext, bool))state;
            var headers = context.Response.Headers;
            headers.XContentTypeOptions = "nosniff";
            headers["Referrer-Policy"] = "no-referrer";
            headers.XFrameOptions = "DENY";
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
            headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=(), payment=()";
            var marks = context.GetEndpoint()?.Metadata;
            headers["Cross-Origin-Resource-Policy"] = marks?.GetMetadata<LoadsElsewhere>() is null ? "same-origin" : "cross-origin";
            // Chromium follows form-action into redirects: inside an authorization request the last one goes to the client.
            headers.ContentSecurityPolicy = marks?.GetMetadata<ServesStrangersBytes>() is not null ? Sandbox
                : Start + context.Features.Get<ForeignConnection>()?.Source + End + (marks?.GetMetadata<LeavesByRedirect>() is null ? "; form-action 'self'" : "");
            if (https)
                headers.StrictTransportSecurity = "max-age=31536000";
            if (headers.CacheControl.Count == 0)
                headers.CacheControl = "no-store";
            return Task.CompletedTask;
        }, (context, options.IsHttps));
        return next(context);
    }
}

/// <summary>The one foreign origin that the page of this request may connect to.</summary>
internal sealed record ForeignConnection(string Source);

public static class ForeignConnections
{
    /// <summary>Lets the scripts of this page, and of no other, ask <paramref name="address"/>'s origin. Before the answer has begun.</summary>
    public static void AllowConnecting(this HttpContext context, Uri address) => context.Features.Set(new ForeignConnection(" " + address.GetLeftPart(UriPartial.Authority)));
}

/// <summary>Marks pages of an authorization request, whose last form post ends at the client's own address (design §8).</summary>
public sealed class LeavesByRedirect;

/// <summary>Marks answers whose bytes somebody uploaded: opened by themselves they may show and run nothing of ours.</summary>
public sealed class ServesStrangersBytes;

/// <summary>Marks what other sites' pages load on purpose: a script for them, never anything about anybody.</summary>
public sealed class LoadsElsewhere;
