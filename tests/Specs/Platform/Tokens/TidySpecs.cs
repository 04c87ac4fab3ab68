using Holdfast.Platform.Tokens;
using Holdfast.Specs.Storage;
using Holdfast.Storage;

namespace Holdfast.Specs.Platform.Tokens;

public sealed class TidySpecs
{
    public static TheoryData<Engine> Engines => DatabaseUnderTest.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task What_can_prove_nothing_any_more_is_cleared_and_what_lives_stays(Engine engine)
    {
        await using var platform = await PlatformUnderTest.StartAsync(engine);
        var (app, ada) = (await platform.AppAsync(), await platform.PersonAsync("ada"));
        var forgotten = await platform.GrantAsync(app, ada);
        platform.Clock.Advance(TimeSpan.FromDays(100));
        var kept = await platform.GrantAsync(app, ada);
        for (var renewal = 0; renewal < 3; renewal++)
        {
            platform.Clock.Advance(TimeSpan.FromDays(40));
            kept = await platform.RenewAsync(app, kept.Refresh);
        }
        Assert.True(kept.IsGranted);

        while (await platform.Service<TidyTokens>().RunDueAsync(CancellationToken.None))
        {
        }

        // Of the living family the newest pair and the one it replaced; nothing of the forgotten one.
        Assert.Equal((0, 1, 1), (await CountAsync(platform, "authorization_code"), await CountAsync(platform, "token_family"), await CountAsync(platform, "token_pair where superseded_at is null")));
        Assert.InRange(await CountAsync(platform, "token_pair"), 1, 2);
        Assert.Equal("invalid_grant", (await platform.RenewAsync(app, forgotten.Refresh)).Error);
        Assert.True((await platform.RenewAsync(app, kept.Refresh)).IsGranted);
    }

    private static Task<long> CountAsync(PlatformUnderTest platform, string rows) =>
        platform.Database.ReadAsync(session => session.FirstAsync<long>($"select count(*) from {rows}"));
}
