using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Holdfast.TikTok;
using Holdfast.TikTok.Display;
using Holdfast.TikTok.OAuth;

namespace Holdfast.Cli.Authorize;

/// <summary>The end of a sign-in, for people and for scripts. Tokens are what was asked for, so here, and only here, they are shown.</summary>
internal sealed record AuthorizeResult(
    TikTokEndpoints Endpoints, AuthorizeApp App, string RedirectUri, CodeVerifier? Verifier, IReadOnlyList<string> Asked, TimeProvider Clock)
{
    /// <summary>TikTok does not document it; ten minutes is what servers like it use.</summary>
    private static readonly TimeSpan CodeLifetime = TimeSpan.FromMinutes(10);

    // Codes hold characters such as * and +, which stay readable; nothing here becomes HTML.
    private static readonly JsonWriterOptions Options = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public int Show(AuthorizationCallback.Granted granted, bool asJson, Terminal terminal)
    {
        SayWhatIsMissing(granted.Scopes, terminal);
        var code = granted.Code.Reveal();
        var command = ShellText.Exchange(Endpoints, App, code, RedirectUri, Verifier?.Reveal());
        var until = Clock.GetUtcNow() + CodeLifetime;
        if (asJson)
        {
            terminal.Print(Json(writer =>
            {
                writer.WriteString("code", code);
                writer.WriteString("expires_at_about", until.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
                writer.WriteString("redirect_uri", RedirectUri);
                writer.WriteString("code_verifier", Verifier?.Reveal());
                WriteScopes(writer, granted.Scopes);
                writer.WriteString("exchange", command);
            }));
            return ExitCode.Done;
        }

        terminal.Print(
            $"""
            Code           {code}
            Works          once, for about 10 minutes (until about {At(until)})
            Granted        {string.Join(", ", granted.Scopes)}
            Exchange it with
            {command}
            """);
        return ExitCode.Done;
    }

    public int Show(TokenGrant grant, bool asJson, Terminal terminal)
    {
        SayWhatIsMissing(grant.Scopes, terminal);
        var now = Clock.GetUtcNow();
        if (asJson)
        {
            terminal.Print(Json(writer =>
            {
                writer.WriteString("open_id", grant.OpenId);
                WriteScopes(writer, grant.Scopes);
                writer.WriteString("access_token", grant.AccessToken.Reveal());
                writer.WriteNumber("expires_in", (long)grant.AccessLifetime.TotalSeconds);
                writer.WriteString("refresh_token", grant.RefreshToken?.Reveal());
                if (grant.RefreshLifetime is { } lifetime)
                    writer.WriteNumber("refresh_expires_in", (long)lifetime.TotalSeconds);
                writer.WriteString("token_type", "Bearer");
                writer.WriteString("log_id", grant.LogId);
            }));
            return ExitCode.Done;
        }

        terminal.Print(
            $"""
            Account        {grant.OpenId}
            Granted        {string.Join(", ", grant.Scopes)}
            Access token   {grant.AccessToken.Reveal()}
                           works for {Words(grant.AccessLifetime)} (until {At(now + grant.AccessLifetime)})
            """);
        if (grant.RefreshToken is { } refresh)
        {
            terminal.Print($"Refresh token  {refresh.Reveal()}");
            if (grant.RefreshLifetime is { } lifetime)
                terminal.Print($"               works for {Words(lifetime)} (until {At(now + lifetime)}), once: each renewal brings a new one");
        }

        var fields = UserFields.For(grant.Scopes);
        if (fields.Count > 0)
            terminal.Print($"Try it with\n{ShellText.Profile(Endpoints, grant.AccessToken.Reveal(), fields)}");
        if (grant.RefreshToken is { } token)
            terminal.Print($"Renew it with\n{ShellText.Renew(Endpoints, App, token.Reveal())}");
        return ExitCode.Done;
    }

    private void SayWhatIsMissing(IReadOnlyList<string> granted, Terminal terminal)
    {
        if (Asked.Except(granted, StringComparer.Ordinal).ToList() is { Count: > 0 } missing)
            terminal.Say($"Not granted: {string.Join(", ", missing)}. The person left it out, or the app does not have it; the rest works.");
        // Login Kit adds the basic profile by itself, everything else beyond the wish is odd.
        if (granted.Except(Asked, StringComparer.Ordinal).Where(scope => scope != TikTokScopes.UserInfoBasic).ToList() is { Count: > 0 } extra)
            terminal.Say($"Granted without being asked for: {string.Join(", ", extra)}.");
    }

    private string At(DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, Clock.LocalTimeZone).ToString("yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture);

    private static string Words(TimeSpan span) => span.TotalDays >= 2 ? string.Create(CultureInfo.InvariantCulture, $"{span.TotalDays:0} days")
        : span.TotalHours >= 1 ? string.Create(CultureInfo.InvariantCulture, $"{span.TotalHours:0.#} hours")
        : string.Create(CultureInfo.InvariantCulture, $"{span.TotalMinutes:0} minutes");

    private static void WriteScopes(Utf8JsonWriter writer, IReadOnlyList<string> scopes)
    {
        writer.WriteStartArray("scopes");
        foreach (var scope in scopes)
            writer.WriteStringValue(scope);
        writer.WriteEndArray();
    }

    private static string Json(Action<Utf8JsonWriter> write)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, Options))
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        }

        return System.Text.Encoding.UTF8.GetString(buffer.ToArray());
    }
}
