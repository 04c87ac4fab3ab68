using Holdfast.Specs.TikTok;
using Holdfast.TikTok;

namespace Holdfast.Specs.Contract;

/// <summary>The client library against one contract file at a time.</summary>
internal static class ClientSide
{
    public const string Verifier = "gaeCq5mVvbhA8Ce6w5O9XBVIKMkySgv-_9A-rnhm9Ns";
    public const string LogId = "20261101120000A1B2C3D4E5F60718293A";

    // What the placeholders stand for here. Tokens are of no real app.
    public static readonly Dictionary<string, string> Values = new()
    {
        ["client_key"] = "awlocal0001",
        ["client_secret"] = "secret-0001",
        ["wrong_client_secret"] = "secret-0002",
        ["unknown_client_key"] = "awlocal0002",
        ["code"] = "abc*0!6123.u1",
        ["dead_code"] = "abc*0!6124.u1",
        ["code_verifier"] = Verifier,
        ["other_code_verifier"] = new('v', 43),
        ["code_challenge"] = "e6a178b120743d08509508f269652b0bdf91e29332921bc9e9744fd3dd41bfef",
        ["redirect_uri"] = "http://127.0.0.1:3455/callback/",
        ["other_redirect_uri"] = "http://localhost:3455/callback/",
        ["unregistered_redirect_uri"] = "http://127.0.0.1:3455/elsewhere/",
        ["state"] = "n7f3",
        ["access_token"] = "act.one",
        ["dead_access_token"] = "act.none",
        ["refresh_token"] = "rft.one",
        ["dead_refresh_token"] = "rft.none",
        ["new_refresh_token"] = "rft.two",
        ["expires_in"] = "7200",
        ["refresh_expires_in"] = "15552000",
        ["open_id"] = "-000LocalOpenId",
        ["scope"] = "user.info.basic,video.list",
        ["log_id"] = LogId,
        ["error_description"] = "No.",
        ["message"] = "No.",
        ["display_name"] = "Local Creator",
        ["username"] = "localcreator",
        ["follower_count"] = "42",
        ["avatar_url"] = "https://cdn.local.test/a.jpeg",
        ["video_id"] = "7412345678901234567",
        ["title"] = "clip one",
        ["create_time"] = "1761955200",
        ["duration"] = "12",
        ["cursor"] = "1761955200000",
        ["from"] = "1761955300000",
        ["max_duration"] = "600",
        ["publish_id"] = "v_pub_file~v2-1.7412345678901234567",
        ["unknown_publish_id"] = "v_pub_file~v2-1.1",
        ["upload_url"] = "https://open-upload.tiktokapis.com/video/?upload_id=7412345678901234999&upload_token=4f0c2c1e",
        ["post_id"] = "7412345678901235555",
        ["uploaded_bytes"] = "64000000",
    };

    public static readonly ClientCredentials App = new("awlocal0001", new("secret-0001"));
    public static readonly ClientCredentials WrongApp = new("awlocal0001", new("secret-0002"));
    public static readonly AccessToken Token = new("act.one");

    public static CancellationToken Aborted => TestContext.Current.CancellationToken;

    public static Task<T> SpeakAsync<T>(string file, Func<TikTokClient, Task<T>> call) => CallAsync(file, call, checksRequest: true);

    public static Task<T> HearAsync<T>(string file, Func<TikTokClient, Task<T>> call) => CallAsync(file, call, checksRequest: false);

    private static async Task<T> CallAsync<T>(string file, Func<TikTokClient, Task<T>> call, bool checksRequest)
    {
        var contract = ContractFile.Load(file);
        var handler = new StubHandler(() => contract.Response.ToMessage(Values));
        using var http = TikTokHttp.CreateClient(handler);
        var outcome = await call(new(TikTokEndpoints.Default, http, TestClock.System));
        var (request, body) = Assert.Single(handler.Sent);
        Assert.True(request.RequestUri!.Host is "open.tiktokapis.com" or "open-upload.tiktokapis.com", "Everything goes to TikTok's API host."); // a sent request has an address
        if (checksRequest)
        {
            Assert.Empty(contract.Request.Differences(request, body, new(Values)));
        }

        return outcome;
    }

    public static T Good<T>(ApiOutcome<T> outcome)
    {
        var ok = Assert.IsType<ApiOutcome<T>.Ok>(outcome);
        Assert.Equal(LogId, ok.LogId);
        return ok.Value;
    }

    public static TikTokError No<T>(ApiOutcome<T> outcome) => Assert.IsType<ApiOutcome<T>.Refused>(outcome).Error;
}
