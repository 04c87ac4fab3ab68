using System.Buffers;
using System.Text.Json;
using Holdfast.Platform.Api;
using Holdfast.Platform.Qr;
using Microsoft.Extensions.Options;

namespace Holdfast.Platform.Tokens;

/// <summary>Answers of the OAuth endpoints: flat JSON, written by hand because every renewal of every client passes here.</summary>
internal abstract class OAuthAnswer : IResult
{
    private OAuthAnswer()
    {
    }

    public static OAuthAnswer Refused(OAuthError error) => new Refusal(error);

    /// <summary>Why it is a refusal; <c>null</c> when it is none.</summary>
    public virtual OAuthError? Error => null;

    /// <summary>Whose tokens it holds; <c>null</c> when it holds none of a person.</summary>
    public virtual string? OpenId => null;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = StatusIn(httpContext);
        if (httpContext.Features.Get<CallNote>() is { } note)
            (note.Code, note.OpenId) = (Error?.Error ?? "ok", OpenId);
        response.ContentType = "application/json";
        response.Headers.CacheControl = "no-store";
        response.Headers.Pragma = "no-cache";
        var body = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(body))
        {
            json.WriteStartObject();
            Write(json, httpContext);
            json.WriteEndObject();
        }
        response.ContentLength = body.WrittenCount;
        await response.Body.WriteAsync(body.WrittenMemory);
    }

    /// <summary>The answer as text, for a page that shows what a client would get.</summary>
    public (int Status, string Json) Show(HttpContext http)
    {
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            Write(json, http);
            json.WriteEndObject();
        }
        return (StatusIn(http), System.Text.Encoding.UTF8.GetString(text.ToArray()));
    }

    protected virtual int StatusIn(HttpContext http) => StatusCodes.Status200OK;

    protected abstract void Write(Utf8JsonWriter json, HttpContext http);

    /// <summary>The seven members of a user's token pair (§2.2).</summary>
    public sealed class Granted(string accessToken, string refreshToken, string openId, string scope, TimeSpan accessFor, TimeSpan refreshFor) : OAuthAnswer
    {
        public override string? OpenId => openId;

        protected override void Write(Utf8JsonWriter json, HttpContext http)
        {
            json.WriteString("access_token", accessToken);
            json.WriteNumber("expires_in", (long)accessFor.TotalSeconds);
            json.WriteString("open_id", openId);
            json.WriteNumber("refresh_expires_in", (long)refreshFor.TotalSeconds);
            json.WriteString("refresh_token", refreshToken);
            json.WriteString("scope", scope);
            json.WriteString("token_type", "Bearer");
        }
    }

    /// <summary>An app's own token (§2.4).</summary>
    public sealed class ClientGranted(string accessToken, TimeSpan accessFor) : OAuthAnswer
    {
        protected override void Write(Utf8JsonWriter json, HttpContext http)
        {
            json.WriteString("access_token", accessToken);
            json.WriteNumber("expires_in", (long)accessFor.TotalSeconds);
            json.WriteString("token_type", "Bearer");
        }
    }

    /// <summary>An empty object: revoked, or nothing was there to revoke (§2.7).</summary>
    public sealed class Revoked : OAuthAnswer
    {
        protected override void Write(Utf8JsonWriter json, HttpContext http)
        {
        }
    }

    /// <summary>A link to draw as a QR code and the token to poll with (§1.9).</summary>
    public sealed class QrCode(string link, string token) : OAuthAnswer
    {
        protected override void Write(Utf8JsonWriter json, HttpContext http)
        {
            json.WriteString("scan_qrcode_url", link);
            json.WriteString("token", token);
        }
    }

    /// <summary>Where a QR code stands, in TikTok's words (§1.9).</summary>
    public sealed class QrStatus(QrState state, string clientTicket) : OAuthAnswer
    {
        protected override void Write(Utf8JsonWriter json, HttpContext http)
        {
            json.WriteString("client_ticket", clientTicket);
            json.WriteString("status", state.ToString().ToLowerInvariant());
        }
    }

    /// <summary>The one answer with the code: bare, and in the address TikTok's sample shows (§1.9).</summary>
    public sealed class QrConfirmed(string clientTicket, string code, string redirectUri, string? state) : OAuthAnswer
    {
        protected override void Write(Utf8JsonWriter json, HttpContext http)
        {
            json.WriteString("client_ticket", clientTicket);
            json.WriteString("code", code);
            json.WriteString("redirect_uri", redirectUri);
            if (state is not null)
                json.WriteString("state", state);
            json.WriteString("status", "confirmed");
        }
    }

    private sealed class Refusal(OAuthError error) : OAuthAnswer
    {
        public override OAuthError? Error => error;

        protected override int StatusIn(HttpContext http) =>
            http.RequestServices.GetRequiredService<IOptions<TokenOptions>>().Value.ErrorsAreOk ? StatusCodes.Status200OK : error.Status;

        protected override void Write(Utf8JsonWriter json, HttpContext http)
        {
            json.WriteString("error", error.Error);
            json.WriteString("error_description", error.Description);
            json.WriteString("log_id", http.RequestServices.GetRequiredService<LogIds>().For(http));
        }
    }
}
