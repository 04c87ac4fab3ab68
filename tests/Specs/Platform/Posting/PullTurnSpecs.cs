using Holdfast.Platform.Posting;
using Holdfast.Platform.Posting.Pull;
using Holdfast.Specs.Storage;
using Holdfast.Storage;
using Holdfast.Storage.Blobs;

namespace Holdfast.Specs.Platform.Posting;

/// <summary>Whose media is fetched next, and by whom.</summary>
public sealed class PullTurnSpecs
{
    public static TheoryData<Engine> Engines => DatabaseUnderTest.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task An_app_whose_servers_dribble_keeps_no_other_app_waiting(Engine engine)
    {
        await using var client = await ConnectedApp.OpenAsync(engine: engine, works: false); // nobody else claims
        for (var post = 0; post < 4; post++)
            await client.InitAsync(1000);
        var other = await client.Platform.AppAsync("other");
        client.Token = (await client.Platform.GrantAsync(other, client.Creator, ConnectedApp.AllScopes)).Access;
        await client.InitAsync(1000);
        await client.Platform.Database.WriteAsync(session => session.RunAsync("update upload set way = 'url', state = 'downloading', next_step_at = created_at"));
        var pulls = client.Platform.Service<PullStore>();

        var claimed = (await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => pulls.ClaimAsync(CancellationToken.None)))).OfType<Upload>().ToList();

        Assert.Equal([(client.App.Id, PullStore.PerApp), (other.Id, 1)], claimed.GroupBy(upload => upload.AppId).Select(app => (app.Key, app.Count())).OrderByDescending(app => app.Item2));
        await pulls.ReleaseAsync(claimed.First(upload => upload.AppId == client.App.Id));
        Assert.Equal(client.App.Id, (await pulls.ClaimAsync(CancellationToken.None))?.AppId);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_fetch_whose_process_was_killed_is_done_by_the_next_one(Engine engine)
    {
        await using var client = await ConnectedApp.OpenAsync(engine: engine);
        await using var media = await MediaServer.StartAsync();
        await client.OwnAsync(media.Address);
        var url = media.Put("clip.mp4", ConnectedApp.Clip());
        var publishId = (await client.PullAsync(url)).Data("publish_id");
        await client.FinalAsync(publishId);
        // As a process leaves it that died in the middle: claimed, some bytes counted, half a file.
        var row = await client.RowAsync(publishId);
        await client.Platform.Database.WriteAsync(async session =>
        {
            await session.RunAsync("delete from video where id = @VideoId", new { row.VideoId });
            await session.RunAsync("update upload set state = 'downloading', video_id = null, received_bytes = 1000, next_step_at = @now, lease_until = @lease where id = @Id",
                new { row.Id, now = client.Platform.Clock.GetUtcNow(), lease = client.Platform.Clock.GetUtcNow() + TimeSpan.FromMinutes(2) });
        });
        var left = $"videos/{row.Id}-{row.Fence}";
        await client.Platform.Service<IBlobStore>().WriteAsync(left, new MemoryStream(new byte[1000]), 1000, CancellationToken.None);

        Assert.Null(await client.Platform.Service<PullStore>().ClaimAsync(CancellationToken.None)); // its lease still runs
        client.Platform.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal("PUBLISH_COMPLETE", (await client.FinalAsync(publishId)).Data("status"));

        Assert.Equal(2, media.Calls);
        Assert.Null(await client.Platform.Service<IBlobStore>().LengthAsync(left, CancellationToken.None));
    }
}
