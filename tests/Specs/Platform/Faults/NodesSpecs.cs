using Holdfast.Platform.Faults;
using Holdfast.Platform.Tokens;
using Holdfast.Specs.Platform.Console;
using Holdfast.Specs.Storage;
using Holdfast.Storage;
using Microsoft.Extensions.Options;

namespace Holdfast.Specs.Platform.Faults;

/// <summary>Two nodes on one PostgreSQL: what is set at one acts at the other, and a number of calls is that number over both.</summary>
public sealed class NodesSpecs
{
    [Fact]
    public async Task A_fault_for_the_next_six_calls_is_met_by_six_over_both_nodes_and_settings_and_clock_follow()
    {
        if (DatabaseUnderTest.PostgresServer is null)
        {
            Assert.Skip("Needs the PostgreSQL that ./test starts.");
            return;
        }
        await using var app = await ConsoleCaller.ConnectedAsync(Engine.PostgreSql);
        var first = app.Platform;
        await using var second = await PlatformUnderTest.StartAsync(Engine.PostgreSql, console: true, configure: builder => builder.Services.AddSingleton(
            _ => Databases.Open(Path.GetFileName(first.Folder), first.Folder, DatabaseUnderTest.PostgresServer, first.Clock, nodesClock: first.Clock)));
        await first.FailAsync(new { place = "user_info", status = 500, times = 6 });
        await first.DoAsync(HttpMethod.Put, "/settings", new { access_token_lifetime = "3h" });
        await first.DoAsync(HttpMethod.Post, "/clock", new { advance = "1h" });
        await HeardAsync(() => !second.Service<ActiveFaults>().AreNone && second.Service<IOptions<TokenOptions>>().Value.AccessFor == TimeSpan.FromHours(3)
            && second.Service<TimeProvider>().GetUtcNow() == second.Clock.GetUtcNow() + TimeSpan.FromHours(1));

        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(async call =>
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/v2/user/info/?fields=open_id");
            request.Headers.Authorization = new("Bearer", app.Token);
            using var answer = await (call % 2 == 0 ? first : second).Http.SendAsync(request);
            return (int)answer.StatusCode;
        }));

        Assert.Equal((6, 34), (answers.Count(status => status == 500), answers.Count(status => status == 200)));
        await HeardAsync(() => first.Service<ActiveFaults>().AreNone && second.Service<ActiveFaults>().AreNone);
    }

    private static async Task HeardAsync(Func<bool> isTrue)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30), TestClock.System);
        while (!isTrue())
            await Task.Delay(TimeSpan.FromMilliseconds(20), TestClock.System, limit.Token);
    }
}
