using System.Text;
using Microsoft.Net.Http.Headers;

namespace Holdfast.Platform.Tokens;

/// <summary>A request to an OAuth endpoint, as far as it can be read without touching the database.</summary>
internal abstract record OAuthRequest
{
    private const int Largest = 64 * 1024;
    private const string Form = "application/x-www-form-urlencoded";

    // Where these stand in an address, they end in logs and histories; better the client learns it at once.
    private static readonly string[] NeverInTheAddress = ["client_secret", "code", "code_verifier", "refresh_token", "access_token", "token"];

    private OAuthRequest()
    {
    }

    public sealed record Readable(FormFields Fields, string ClientKey, string ClientSecret) : OAuthRequest
    {
        // Records print their members, and this one holds secrets.
        protected override bool PrintMembers(StringBuilder text)
        {
            text.Append(ClientKey);
            return true;
        }
    }

    public sealed record Unreadable(OAuthError Error) : OAuthRequest;

    /// <param name="needsSecret"><c>false</c> where TikTok asks for the key alone (§1.9); the secret is then empty.</param>
    public static async Task<OAuthRequest> ReadAsync(HttpRequest request, bool needsSecret, CancellationToken aborted)
    {
        if (!HttpMethods.IsPost(request.Method))
        {
            request.HttpContext.Response.Headers.Allow = HttpMethods.Post;
            return new Unreadable(OAuthError.OnlyPost);
        }
        if (!IsForm(request) || request.Headers.ContentEncoding.Count > 0)
            return new Unreadable(OAuthError.WrongMediaType);
        // One way of authentication a request (RFC 6749 §2.3), and TikTok's is the form.
        if (request.Headers.Authorization.Count > 0 || (request.QueryString.HasValue && NeverInTheAddress.Any(request.Query.ContainsKey)))
            return new Unreadable(OAuthError.Malformed);
        if (await BodyAsync(request, aborted) is not { } body)
            return new Unreadable(OAuthError.TooLarge);
        // Nor may a name stand in address and form: which of the two would count (attack case 15)?
        if (FormFields.Read(body.Span) is not { } fields || (request.QueryString.HasValue && request.Query.Keys.Any(fields.Has)))
            return new Unreadable(OAuthError.Malformed);
        if (fields["client_key"] is not { Length: > 0 } key)
            return new Unreadable(OAuthError.KeyMissing);
        if (!needsSecret)
            return new Readable(fields, key, "");
        return fields["client_secret"] is { Length: > 0 } secret ? new Readable(fields, key, secret) : new Unreadable(OAuthError.SecretMissing);
    }

    private static bool IsForm(HttpRequest request) =>
        request.Headers.ContentType is [{ } only]
        && (only is Form || IsForm(only));

    private static bool IsForm(string text) =>
        MediaTypeHeaderValue.TryParse(text, out var type)
        && type.MediaType.Equals(Form, StringComparison.OrdinalIgnoreCase)
        && (!type.Charset.HasValue || HeaderUtilities.RemoveQuotes(type.Charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase));

    private static async Task<ReadOnlyMemory<byte>?> BodyAsync(HttpRequest request, CancellationToken aborted)
    {
        if (request.ContentLength > Largest)
            return null;
        var buffer = new byte[(int)(request.ContentLength ?? 1_024) + 1];
        var length = 0;
        while (await request.Body.ReadAsync(buffer.AsMemory(length), aborted) is > 0 and var count)
        {
            length += count;
            if (length > Largest)
                return null;
            if (length == buffer.Length)
                Array.Resize(ref buffer, buffer.Length * 2);
        }
        return buffer.AsMemory(0, length);
    }
}
