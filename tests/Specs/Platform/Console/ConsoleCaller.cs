using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Holdfast.Platform.Console;
using Holdfast.Platform.Posting;
using Holdfast.Specs.Platform.Posting;
using Holdfast.Storage;

namespace Holdfast.Specs.Platform.Console;

/// <summary>A script that calls the console's API with its token.</summary>
internal static class ConsoleCaller
{
    public static Task<ConsoleReply> GetAsync(this PlatformUnderTest platform, string path) => platform.ConsoleAsync(HttpMethod.Get, path);

    public static async Task<ConsoleReply> DoAsync(this PlatformUnderTest platform, HttpMethod method, string path, object? body = null)
    {
        var reply = await platform.ConsoleAsync(method, path, body is null ? null : JsonSerializer.Serialize(body));
        Assert.True(reply.Status is 200 or 201, reply.Body);
        return reply;
    }

    /// <summary>Adds a fault; the answer is its id.</summary>
    public static async Task<string> FailAsync(this PlatformUnderTest platform, object fault) => (await platform.DoAsync(HttpMethod.Post, "/faults", fault)).Json.GetProperty("id").GetString()!; // an added fault has an id

    public static async Task<ConsoleReply> ConsoleAsync(this PlatformUnderTest platform, HttpMethod method, string path, string? json = null)
    {
        using var request = new HttpRequestMessage(method, "/console/api" + path) { Content = json is null ? null : new StringContent(json, Encoding.UTF8, "application/json") };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", platform.Service<ConsoleToken>().Reveal());
        using var answer = await platform.Http.SendAsync(request);
        return new ConsoleReply((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    public static Task<PlatformUnderTest> WithConsoleAsync(Engine engine = Engine.Sqlite) => PlatformUnderTest.StartAsync(engine, console: true);

    public static Task<ConnectedApp> ConnectedAsync(Engine engine = Engine.Sqlite, Action<PostingOptions>? posting = null) => ConnectedApp.OpenAsync(engine: engine, posting: posting, console: true);

    public static Task<ApiReply> UserInfoAsync(this ConnectedApp app) => app.CallAsync(HttpMethod.Get, "/v2/user/info/?fields=open_id,display_name,username");
}

/// <summary>An answer of the console's API.</summary>
internal sealed record ConsoleReply(int Status, string Body)
{
    public JsonElement Json => JsonDocument.Parse(Body).RootElement;

    public string Error => Json.GetProperty("error").GetString() ?? "";
}
