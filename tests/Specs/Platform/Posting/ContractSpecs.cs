using Holdfast.Specs.Contract;

namespace Holdfast.Specs.Platform.Posting;

/// <summary>The Platform's side of the hand-written contract, for the Display and Content Posting endpoints.</summary>
public sealed class ContractSpecs
{
    [Theory]
    [InlineData("user-info/access-token-invalid", ConnectedApp.AllScopes)]
    [InlineData("user-info/invalid-params", ConnectedApp.AllScopes)]
    [InlineData("user-info/profile", ConnectedApp.AllScopes)]
    [InlineData("user-info/scope-not-authorized", "user.info.basic")]
    [InlineData("video-list/scope-not-authorized", "user.info.basic")]
    [InlineData("platform-followers/scope-not-authorized", ConnectedApp.AllScopes)]
    [InlineData("creator-info/public-account", ConnectedApp.AllScopes)]
    [InlineData("video-init/begun", ConnectedApp.AllScopes)]
    [InlineData("video-init/chunk-refused", ConnectedApp.AllScopes)]
    [InlineData("video-init/privacy-mismatch", ConnectedApp.AllScopes)]
    [InlineData("status/invalid-publish-id", ConnectedApp.AllScopes)]
    public async Task A_call_gets_the_answer_in_the_file(string file, string scopes)
    {
        await using var client = await ConnectedApp.OpenAsync(scopes);
        await HoldAsync(client, file, new() { ["dead_access_token"] = "act.dead", ["unknown_publish_id"] = "v_pub_file~v2-1.7000000000000000000" });
    }

    [Fact]
    public async Task An_unaudited_app_gets_the_answer_in_the_file()
    {
        await using var client = await ConnectedApp.OpenAsync();
        await client.SetAsync("app.is_audited", false);
        await HoldAsync(client, "video-init/unaudited");
    }

    [Fact]
    public async Task The_cap_gets_the_answer_in_the_file()
    {
        await using var client = await ConnectedApp.OpenAsync(posting: options => options.PostsPerDay = 1);
        await client.InitAsync(1000);
        await HoldAsync(client, "creator-info/too-many-posts");
    }

    [Fact]
    public async Task Videos_and_a_finished_post_get_the_answers_in_the_files()
    {
        await using var client = await ConnectedApp.OpenAsync();
        var clip = ConnectedApp.Clip();
        var begun = await client.InitAsync(clip.Length);
        await client.PutAsync(begun.Data("upload_url"), clip, $"bytes 0-{clip.Length - 1}/{clip.Length}");
        await client.FinalAsync(begun.Data("publish_id"));

        Dictionary<string, string> values = new() { ["publish_id"] = begun.Data("publish_id") };
        await HoldAsync(client, "status/complete", values);
        await HoldAsync(client, "video-list/one-video", values);
        await HoldAsync(client, "video-query/own-video", values);
    }

    [Fact]
    public async Task A_failed_post_gets_the_answer_in_the_file()
    {
        await using var client = await ConnectedApp.OpenAsync();
        await client.SetAsync("longest_video_seconds", 1);
        var clip = ConnectedApp.Clip();
        var begun = await client.InitAsync(clip.Length);
        await client.PutAsync(begun.Data("upload_url"), clip, $"bytes 0-{clip.Length - 1}/{clip.Length}");
        await client.FinalAsync(begun.Data("publish_id"));
        await HoldAsync(client, "status/failed", new() { ["publish_id"] = begun.Data("publish_id") });
    }

    [Fact]
    public async Task Every_chunk_gets_the_answer_in_its_file()
    {
        await using var client = await ConnectedApp.OpenAsync();
        var begun = await client.InitAsync(121_000_000, 10_000_000, 12);
        Dictionary<string, string> values = new() { ["upload_url"] = begun.Data("upload_url"), ["publish_id"] = begun.Data("publish_id") };

        await HoldAsync(client, "upload/chunk-accepted", values, 10_000_000);
        await HoldAsync(client, "status/processing", values);
        await HoldAsync(client, "upload/out-of-order", values, 10_000_000);
        for (var chunk = 1; chunk < 11; chunk++)
            Assert.Equal(206, (await client.PutAsync(begun.Data("upload_url"), new byte[10_000_000], $"bytes {chunk}0000000-{chunk}9999999/121000000")).Status);
        await HoldAsync(client, "upload/complete", values, 11_000_000);
    }

    [Fact]
    public async Task A_dead_or_unknown_upload_url_gets_the_answer_in_its_file()
    {
        await using var client = await ConnectedApp.OpenAsync();
        var begun = await client.InitAsync(121_000_000, 10_000_000, 12);
        await HoldAsync(client, "upload/gone", new() { ["upload_url"] = begun.Data("upload_url").Replace("upload_id=7", "upload_id=6", StringComparison.Ordinal) }, 10_000_000);
        client.Platform.Clock.Advance(TimeSpan.FromHours(1));
        await HoldAsync(client, "upload/expired", new() { ["upload_url"] = begun.Data("upload_url") }, 10_000_000);
    }

    private static async Task HoldAsync(ConnectedApp client, string name, Dictionary<string, string>? values = null, int bytes = 0)
    {
        var file = ContractFile.Load(name);
        values ??= [];
        values["access_token"] = client.Token;
        values.Remove("log_id"); // every answer has one of its own
        values.Remove("uploaded_bytes");
        using var request = file.Request.ToMessage(client.Platform.Http.BaseAddress!, values, bytes > 0 ? new ByteArrayContent(new byte[bytes]) : null); // Browserless sets it
        using var answer = await client.Platform.Http.SendAsync(request);
        Assert.Empty(file.Response.Differences(answer, await answer.Content.ReadAsStringAsync(), values));
    }
}
