using Holdfast.Studio.Media;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Holdfast.Studio.Posts.Compose;

/// <summary>Reads the compose form as it streams in: short fields into memory, the video straight to the store.</summary>
/// <remarks>The anti-forgery token stands first in the form and is checked before a byte of the video is taken.</remarks>
internal sealed class ComposeBody(IAntiforgery forgery, ReceiveVideo receive)
{
    private const int MostFields = 60;
    private const int LongestField = 64 * 1024;
    private const string TokenHeader = "X-Antiforgery";

    /// <returns>Null when the form does not prove that it is ours, or makes no sense.</returns>
    public async Task<ComposeInput?> ReadAsync(HttpContext context, string workspaceId, string by)
    {
        var request = context.Request;
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase))
            return null;
        MediaEndpoints.AllowVideo(context);
        var boundary = HeaderUtilities.RemoveQuotes(type.Boundary).Value;
        if (string.IsNullOrEmpty(boundary) || boundary.Length > 200)
            return null;

        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        ReceiveAnswer? video = null;
        var isOurs = false;
        var reader = new MultipartReader(boundary, request.Body);
        for (var count = 0; await reader.ReadNextSectionAsync(context.RequestAborted) is { } section; count++)
        {
            if (count > MostFields || !ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition))
                return null;
            var name = HeaderUtilities.RemoveQuotes(disposition.Name).ToString();
            if (!isOurs && !(isOurs = await IsOursAsync(context, name, section)))
                return null;
            if (name == "__RequestVerificationToken")
                continue;
            if (disposition.IsFileDisposition())
            {
                var file = HeaderUtilities.RemoveQuotes(disposition.FileNameStar.HasValue ? disposition.FileNameStar : disposition.FileName).ToString();
                // An empty file input is sent as a nameless empty file.
                if (file.Length > 0)
                    video = await receive.RunAsync(workspaceId, by, file, section.Body, null, context.RequestAborted);
            }
            else if (await TextAsync(section, context.RequestAborted) is { } text)
            {
                fields[name] = text;
            }
            else
            {
                return null;
            }
        }
        return isOurs ? new(ComposeForm.Of(fields), video) : null;
    }

    private async Task<bool> IsOursAsync(HttpContext context, string name, MultipartSection section)
    {
        if (name != "__RequestVerificationToken" || await TextAsync(section, context.RequestAborted) is not { } token)
            return false;
        // The framework looks at the header first and then leaves the body alone.
        context.Request.Headers[TokenHeader] = token;
        return await forgery.IsRequestValidAsync(context);
    }

    private static async Task<string?> TextAsync(MultipartSection section, CancellationToken aborted)
    {
        using var bytes = new MemoryStream();
        var buffer = new byte[4096];
        while (await section.Body.ReadAsync(buffer, aborted) is > 0 and var count)
        {
            if (bytes.Length + count > LongestField)
                return null;
            bytes.Write(buffer, 0, count);
        }
        return System.Text.Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
    }
}

/// <summary>The form, and what became of a video that came with it.</summary>
internal sealed record ComposeInput(ComposeForm Form, ReceiveAnswer? Video);
