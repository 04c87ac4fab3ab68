using Holdfast.Platform.Api;
using Holdfast.Platform.Posting;
using Holdfast.Platform.Research;
using Holdfast.Specs.Contract;
using Holdfast.Specs.Platform.Research;
using Microsoft.Extensions.Options;

namespace Holdfast.Specs.Platform.Posting;

/// <summary>Holds the Platform to the contract files of drafts, photos, pulls, cancelling and research, and to every documented refusal that the other two specs leave out.</summary>
public sealed class V2ContractSpecs
{
    private static readonly string[] Folders = ["inbox-init/", "photo-init/", "cancel/", "research-followers/", "research-following/"];

    private static readonly string[] Others =
    [
        "video-init/begun-by-url", "video-init/url-unverified", "video-init/url-not-https", "video-init/invalid-param", "video-init/source-unknown", "video-init/privacy-missing", "video-init/internal-error",
        "status/downloading", "status/in-inbox", "status/private-complete", "status/rate-limited", "creator-info/private-account", "creator-info/internal-error",
        "user-info/fields-missing", "user-info/unknown-field", "user-info/scope-permission-missed", "user-info/rate-limited", "user-info/internal-error",
        "video-list/too-many", "video-list/before", "video-list/rate-limited", "video-list/internal-error",
        "video-query/foreign-video", "video-query/invalid-params", "video-query/rate-limited", "video-query/internal-error",
    ];

    public static TheoryData<string> Files => [.. ContractFile.Names.Where(name => Folders.Any(folder => name.StartsWith(folder, StringComparison.Ordinal))), .. Others];

    public static TheoryData<string> Reasons => [.. FailReason.All];

    [Theory, MemberData(nameof(Files))]
    public async Task A_call_gets_the_answer_in_the_file(string file)
    {
        await using var media = await MediaServer.StartAsync();
        await using var client = file.StartsWith("research-", StringComparison.Ordinal) ? await ResearchSpecs.OpenAsync() : await ConnectedApp.OpenAsync();
        media.Serve("hangs", http => Task.Delay(TimeSpan.FromMinutes(1), TestClock.System, http.RequestAborted));
        if (!file.EndsWith("/url-unverified", StringComparison.Ordinal) || file.StartsWith("cancel/", StringComparison.Ordinal))
            await client.OwnAsync(media.Address);
        var values = new Dictionary<string, string> { ["video_url"] = media.Address + "hangs", ["photo_url"] = media.Address + "hangs", ["unknown_publish_id"] = "v_pub_url~v2.1", ["publish_id"] = "v_pub_url~v2.1", ["username"] = "ada" };
        var (folder, what) = (file.Split('/')[0], file.Split('/')[1]);
        if (folder.StartsWith("research-", StringComparison.Ordinal))
            await PrepareResearchAsync(client, folder, what, values);
        else if (folder is "status" or "cancel")
            await PreparePostAsync(client, media, file, values);
        else
            await PrepareAccountAsync(client, folder, what, values);
        if (what == "rate-limited")
            await ExhaustAsync(client, folder);
        await HoldAsync(client, file, values);
    }

    [Theory, MemberData(nameof(Reasons))]
    public async Task A_post_that_failed_gets_the_answer_in_the_file_whatever_the_reason(string reason)
    {
        await using var client = await ConnectedApp.OpenAsync(console: true);
        await VerdictSpecs.DecideAsync(client, reason);
        var clip = ConnectedApp.Clip();
        var begun = await client.InitAsync(clip.Length);
        await client.PutAsync(begun.Data("upload_url"), clip, $"bytes 0-{clip.Length - 1}/{clip.Length}");
        await client.FinalAsync(begun.Data("publish_id"));
        await HoldAsync(client, "status/failed-upload", new() { ["publish_id"] = begun.Data("publish_id"), ["fail_reason"] = reason });

        await using var media = await MediaServer.StartAsync();
        await client.OwnAsync(media.Address);
        var pulled = await client.PullAsync(media.Put("clip.mp4", clip));
        await client.FinalAsync(pulled.Data("publish_id"));
        await HoldAsync(client, "status/failed-pull", new() { ["publish_id"] = pulled.Data("publish_id"), ["fail_reason"] = reason });
    }

    [Fact]
    public void Every_file_of_the_v2_API_is_held_by_a_spec()
    {
        string[] folders = [.. Folders, "creator-info/", "video-init/", "status/", "upload/", "user-info/", "video-list/", "video-query/"];
        var specs = string.Concat(Directory.EnumerateFiles(Path.Combine(Repository.Root, "tests", "Specs", "Platform", "Posting"), "*.cs").Select(File.ReadAllText));
        var held = Files.Select(row => row.Data).ToHashSet(StringComparer.Ordinal);
        Assert.DoesNotContain(ContractFile.Names, name => folders.Any(folder => name.StartsWith(folder, StringComparison.Ordinal)) && !held.Contains(name) && !specs.Contains($"\"{name}\"", StringComparison.Ordinal));
    }

    private static async Task PrepareAccountAsync(ConnectedApp client, string folder, string what, Dictionary<string, string> values)
    {
        var posting = client.Platform.Service<IOptions<PostingOptions>>().Value;
        var api = client.Platform.Service<IOptions<ApiOptions>>().Value;
        switch (what)
        {
            case "scope-not-authorized" when folder == "photo-init":
                await GrantAsync(client, "user.info.basic,video.upload");
                break;
            case "scope-not-authorized" or "draft-scope-not-authorized":
                await GrantAsync(client, "user.info.basic,video.publish");
                break;
            case "scope-permission-missed":
                api.ScopePermissionMissed = true;
                await GrantAsync(client, "user.info.basic");
                break;
            case "invalid-param":
                api.InvalidParam = true;
                break;
            case "banned":
                await client.SetAsync("banned_from_posting_at", 1L);
                break;
            case "too-many-pending":
                for (var draft = 0; draft < 5; draft++)
                    await client.DraftAsync(1000);
                break;
            case "unaudited":
                await client.SetAsync("app.is_audited", false);
                break;
            case "private-account":
                await client.SetAsync("is_private", true);
                break;
            case "too-many-posts":
                posting.PostsPerDay = 1;
                await client.InitAsync(1000);
                break;
            case "active-user-cap":
                posting.AuditedCreatorsPerDay = 1;
                await AsAnotherAsync(client, () => client.InitAsync(1000));
                break;
            case "app-too-old":
                posting.CreatorsAppVersion = new Version(31, 7);
                break;
            case "foreign-video":
                values["video_id"] = await AsAnotherAsync(client, () => client.PublishAsync());
                break;
            case "internal-error":
                // A world that is not there: the account's profile is gone.
                await client.Platform.Database.WriteAsync(session => session.RunAsync("delete from creator where person_id = @Id", new { client.Creator.Id }));
                break;
        }
        values.TryAdd("video_id", "7000000000000000000");
    }

    private static async Task PreparePostAsync(ConnectedApp client, MediaServer media, string file, Dictionary<string, string> values)
    {
        switch (file)
        {
            case "status/downloading" or "cancel/cancelled":
                values["publish_id"] = (await client.PullAsync(media.Address + "hangs")).Data("publish_id");
                break;
            case "cancel/url-unverified":
                values["publish_id"] = (await client.PullAsync(media.Address + "hangs")).Data("publish_id");
                await client.Platform.Database.WriteAsync(session => session.RunAsync("delete from url_property"));
                break;
            case "cancel/not-cancellable":
                values["publish_id"] = (await client.InitAsync(1000)).Data("publish_id");
                break;
            case "cancel/not-yours":
                values["publish_id"] = (await AsAnotherAsync(client, () => client.InitAsync(1000))).Data("publish_id");
                break;
            case "cancel/scope-not-authorized":
                await GrantAsync(client, "user.info.basic,video.list");
                break;
            case "status/in-inbox":
                values["publish_id"] = await client.DeliverAsync();
                break;
            case "status/private-complete":
                var clip = ConnectedApp.Clip();
                var begun = await client.InitAsync(clip.Length, privacy: "SELF_ONLY");
                await client.PutAsync(begun.Data("upload_url"), clip, $"bytes 0-{clip.Length - 1}/{clip.Length}");
                await client.FinalAsync(begun.Data("publish_id"));
                values["publish_id"] = begun.Data("publish_id");
                break;
        }
    }

    private static async Task PrepareResearchAsync(ConnectedApp client, string folder, string what, Dictionary<string, string> values)
    {
        values["client_token"] = client.Token;
        values["access_token"] = (await client.Platform.GrantAsync(client.App, client.Creator)).Access;
        switch (what)
        {
            case "one-person":
                await ResearchSpecs.FollowedByAsync(client, 1);
                values["username"] = folder == "research-followers" ? "ada" : "fan0";
                break;
            case "scope-not-authorized":
                await client.Platform.Database.WriteAsync(session => session.RunAsync("delete from app_scope where scope = 'research.data.basic'"));
                break;
            case "quota-used":
                client.Platform.Service<IOptions<ResearchOptions>>().Value.RequestsPerDay = 1;
                await client.CallAsync(HttpMethod.Post, "/v2/research/user/followers/", """{"username":"ada"}""");
                break;
        }
    }

    private static Task ExhaustAsync(ConnectedApp client, string folder)
    {
        var account = $"{client.App.Id}:{client.Creator.Id}";
        var subject = folder switch
        {
            "inbox-init" => $"inbox/video/init:{account}",
            "photo-init" => $"content/init:{account}",
            "status" => $"status/fetch:{account}",
            "cancel" => $"cancel:{account}",
            _ => $"{folder.Replace('-', '/')}:{client.App.Id}",
        };
        // The 600th call of this minute has been.
        var calls = folder switch { "status" or "cancel" => 30, "inbox-init" or "photo-init" => 6, _ => 600 };
        return client.Platform.Database.WriteAsync(session => session.RunAsync("insert into call_count (subject, at_second, calls) values (@subject, @second, @calls)", new { subject, second = client.Platform.Clock.GetUtcNow().ToUnixTimeSeconds(), calls }));
    }

    private static async Task GrantAsync(ConnectedApp client, string scopes) => client.Token = (await client.Platform.GrantAsync(client.App, client.Creator, scopes)).Access;

    private static async Task<T> AsAnotherAsync<T>(ConnectedApp client, Func<Task<T>> call)
    {
        var own = client.Token;
        client.Token = (await client.Platform.GrantAsync(client.App, await ConnectedApp.CreatorAsync(client.Platform, "bruno"), ConnectedApp.AllScopes)).Access;
        var reply = await call();
        client.Token = own;
        return reply;
    }

    private static async Task HoldAsync(ConnectedApp client, string name, Dictionary<string, string> values)
    {
        var file = ContractFile.Load(name);
        values.TryAdd("access_token", client.Token);
        values["dead_access_token"] = "act.dead";
        var sent = values.ToDictionary();
        if (!file.Request.Body.Contains("{{publish_id}}", StringComparison.Ordinal))
            values.Remove("publish_id");
        using var request = file.Request.ToMessage(client.Platform.Http.BaseAddress!, sent); // Browserless sets it
        using var answer = await client.Platform.Http.SendAsync(request);
        Assert.Empty(file.Response.Differences(answer, await answer.Content.ReadAsStringAsync(), values));
    }
}
