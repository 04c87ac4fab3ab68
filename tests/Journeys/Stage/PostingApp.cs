using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Playwright;

namespace Holdfast.Journeys.Stage;

/// <summary>The developers' demo app at work: let in by a person in their browser, it calls the API as any app does.</summary>
internal sealed class PostingApp
{
    private const string ClientKey = "sbawdemoclient0001", ClientSecret = "DemoSecret0123456789abcdef012345", Callback = "http://localhost:7999/callback/";
    private static readonly string Verifier = new('v', 43);

    private readonly HoldfastProcess holdfast;
    private readonly string token;

    private PostingApp(HoldfastProcess holdfast, string token) => (this.holdfast, this.token) = (holdfast, token);

    /// <summary>The person signs in with one click and agrees to everything.</summary>
    public static async Task<PostingApp> LetInAsync(HoldfastProcess holdfast, IPage page, string person)
    {
        var code = new TaskCompletionSource<string>();
        await page.RouteAsync(Callback + "**", async route =>
        {
            code.TrySetResult(route.Request.Url.Split("code=")[1].Split('&')[0]);
            await route.FulfillAsync(new() { Body = "in" });
        });
        await page.GotoAsync($"{holdfast.Platform}/v2/auth/authorize/?client_key={ClientKey}&response_type=code&scope=user.info.basic,video.publish,video.upload&state=s&redirect_uri={Uri.EscapeDataString(Callback)}"
            + $"&code_challenge={Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(Verifier)))}&code_challenge_method=S256");
        await page.Locator($"button.demo-person[value={person}]").ClickAsync();
        await page.AuthorizeButton().ClickAsync();
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["client_key"] = ClientKey,
            ["client_secret"] = ClientSecret,
            ["grant_type"] = "authorization_code",
            ["code"] = Uri.UnescapeDataString(await code.Task.WaitAsync(Chromium.Patience, Clock.System)),
            ["redirect_uri"] = Callback,
            ["code_verifier"] = Verifier,
        });
        using var answer = await Web.Client.PostAsync(holdfast.Platform + "/v2/oauth/token/", form);
        return new(holdfast, JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("access_token").GetString()!); // it was granted
    }

    /// <summary>Sends a video as a draft; its <c>publish_id</c>.</summary>
    public async Task<string> DraftAsync(byte[] clip)
    {
        var begun = await CallAsync("inbox/video/init", new { source_info = new { source = "FILE_UPLOAD", video_size = clip.Length, chunk_size = clip.Length, total_chunk_count = 1 } });
        using var content = new ByteArrayContent(clip);
        content.Headers.ContentType = new("video/mp4");
        content.Headers.ContentRange = new(0, clip.Length - 1, clip.Length);
        using var taken = await Web.Client.PutAsync(begun.GetProperty("upload_url").GetString(), content);
        Assert.Equal(201, (int)taken.StatusCode);
        return begun.GetProperty("publish_id").GetString()!; // it was begun
    }

    /// <summary>Posts photos, or sends them as a draft.</summary>
    public async Task<string> PhotosAsync(string mode, string title, string description, params string[] addresses) => (await CallAsync("content/init", new
    {
        media_type = "PHOTO",
        post_mode = mode,
        post_info = new { title, description, privacy_level = "PUBLIC_TO_EVERYONE" },
        source_info = new { source = "PULL_FROM_URL", photo_images = addresses, photo_cover_index = 0 },
    })).GetProperty("publish_id").GetString()!; // it was begun

    /// <summary>Asks until the post stands there.</summary>
    public async Task ReachesAsync(string publishId, string status)
    {
        using var limit = new CancellationTokenSource(Chromium.Patience, Clock.System);
        while (true)
        {
            var now = (await CallAsync("status/fetch", new { publish_id = publishId })).GetProperty("status").GetString();
            if (now == status)
                return;
            Assert.NotEqual("FAILED", now);
            await Task.Delay(TimeSpan.FromSeconds(3), Clock.System, limit.Token);
        }
    }

    private async Task<JsonElement> CallAsync(string path, object body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, string.Create(CultureInfo.InvariantCulture, $"{holdfast.Platform}/v2/post/publish/{path}/"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        request.Content = new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json");
        using var answer = await Web.Client.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        return JsonDocument.Parse(text).RootElement.TryGetProperty("data", out var data) ? data : throw new InvalidOperationException(text);
    }
}
