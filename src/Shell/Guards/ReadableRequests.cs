using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.Features;

namespace Holdfast.Shell.Guards;

/// <summary>Turns away what no handler could read safely: two lengths for one body (attack case 55), packed bodies (54), and NUL characters, which PostgreSQL does not take.</summary>
/// <remarks>Protocol endpoints read bodies themselves and refuse them in their own words; only the two lengths are refused for everybody.</remarks>
internal sealed class ReadableRequests(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (await StatusAsync(context) is { } status)
            context.Response.StatusCode = status; // the error page, or the protocol's own words, come from outside
        else
            await next(context);
    }

    private static async Task<int?> StatusAsync(HttpContext context)
    {
        var request = context.Request;
        // Kestrel follows Transfer-Encoding and sets the contradicting Content-Length aside under this name.
        if (request.Headers.TransferEncoding.Count > 0 && request.Headers.ContainsKey("X-Content-Length"))
        {
            context.Response.Headers.Connection = "close";
            return StatusCodes.Status400BadRequest;
        }
        if (context.GetEndpoint()?.Metadata.GetMetadata<TakesForeignCalls>() is not null)
            return null;
        if (request.Headers.ContentEncoding.Count > 0)
            return StatusCodes.Status415UnsupportedMediaType;
        if (request.QueryString.Value?.Contains("%00", StringComparison.Ordinal) is true || await HasNulAsync(request))
            return StatusCodes.Status400BadRequest;
        return null;
    }

    private static async Task<bool> HasNulAsync(HttpRequest request)
    {
        if (request.HttpContext.Features.Get<IAntiforgeryValidationFeature>() is { IsValid: false })
            return false; // its form is not looked at again: StaleForms answers
        var isForm = request.ContentType?.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) is true;
        try
        {
            // A form of parts may hold files; what anti-forgery has read of it is looked at, the rest is its handler's.
            var form = isForm ? await request.ReadFormAsync(request.HttpContext.RequestAborted) : request.HttpContext.Features.Get<IFormFeature>()?.Form;
            return form is not null && form.Any(field => field.Key.Contains('\0', StringComparison.Ordinal) || field.Value.Any(value => value?.Contains('\0', StringComparison.Ordinal) is true));
        }
        catch (InvalidDataException)
        {
            return true; // too many fields or too long a name: as unreadable
        }
    }
}
