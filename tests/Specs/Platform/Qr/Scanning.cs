using System.Text.Json;
using Holdfast.Platform.Developers;
using Holdfast.Specs.Platform.Authorize;

namespace Holdfast.Specs.Platform.Qr;

/// <summary>The two sides of a QR code: an app that polls, and people with phones.</summary>
internal static class Scanning
{
    public const string Answer = "/qr/answer";

    public static async Task<Drawn> DrawAsync(this PlatformUnderTest platform, RegisteredApp app, string scope = "user.info.basic,video.list", string? state = "n7f3")
    {
        var answer = await platform.PostAsync("/v2/oauth/get_qrcode/", ("client_key", app.ClientKey), ("scope", scope), ("state", state));
        Assert.Equal(200, answer.Status);
        return new Drawn(answer.Text("scan_qrcode_url").Replace("tobefilled", "ticket-1", StringComparison.Ordinal), answer.Text("token"));
    }

    /// <summary>Polls as slowly as it should.</summary>
    public static Task<TokenReply> PollAsync(this PlatformUnderTest platform, RegisteredApp app, Drawn drawn)
    {
        platform.Clock.Advance(TimeSpan.FromSeconds(1));
        return platform.PollNowAsync(app, drawn);
    }

    public static Task<TokenReply> PollNowAsync(this PlatformUnderTest platform, RegisteredApp app, Drawn drawn) =>
        platform.PostAsync("/v2/oauth/check_qrcode/", ("client_key", app.ClientKey), ("client_secret", app.ClientSecret), ("token", drawn.Token));

    /// <summary>A phone of somebody who is signed in.</summary>
    public static async Task<Visitor> PhoneAsync(this PlatformUnderTest platform, string name)
    {
        var phone = platform.Visitor();
        await phone.LogInAsync(name);
        return phone;
    }

    public static string Status(this TokenReply answer) => JsonDocument.Parse(answer.Body).RootElement.GetProperty("status").GetString()!;
}

/// <summary>A link with the client's ticket in it, and the token that belongs to it.</summary>
internal sealed record Drawn(string Link, string Token)
{
    public string Path => new Uri(Link).PathAndQuery;
}
