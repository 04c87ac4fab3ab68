using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Holdfast.Domain.Connections;
using Holdfast.Domain.Posts;
using Holdfast.Studio.Accounts.KeepAlive;
using Holdfast.Studio.Status;

namespace Holdfast.Specs.Studio.Status;

/// <summary>The page that everybody may read.</summary>
public sealed class StatusSpecs : IAsyncLifetime
{
    private SignedInStudio studio = null!; // made before every test

    public async ValueTask InitializeAsync() => studio = await SignedInStudio.StartAsync(new(2026, 11, 26, 9, 0, 0, TimeSpan.Zero));

    public ValueTask DisposeAsync() => studio.DisposeAsync();

    [Fact]
    public async Task A_stranger_reads_that_everything_works()
    {
        var page = await StrangersPageAsync();

        Assert.Equal("good", page.QuerySelector("[data-status]")!.GetAttribute("data-status"));
        Assert.All(page.QuerySelectorAll("#parts [data-state]"), part => Assert.Equal("good", part.GetAttribute("data-state")));
        Assert.DoesNotContain("status.", page.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
    }

    [Fact, Trait("scenario", "R20")]
    public async Task R20_an_outage_is_told_with_its_times_and_counts_and_stays_for_thirty_days()
    {
        var id = await studio.ConnectionAsync("Maren's secret account");
        await studio.BringToAsync(await studio.PostAsync(studio.Clock.GetUtcNow(), "Secret caption", connectionId: id), PostState.Held, HoldReason.TikTokUnavailable);
        await RaiseAsync(Incident.TikTokUnavailable, id);
        var during = await StrangersPageAsync();
        Assert.Equal("down", during.QuerySelector("[data-status]")!.GetAttribute("data-status"));
        Assert.Equal(["down", "slow", "slow", "good"], during.QuerySelectorAll("#parts [data-state]").Select(part => part.GetAttribute("data-state")));
        Assert.Contains("1 account", during.QuerySelector("#now")!.TextContent, StringComparison.Ordinal);

        studio.Clock.Advance(TimeSpan.FromHours(2));
        await studio.Database.WriteAsync(session => studio.Service<IncidentStore>().EndAsync(session, Incident.TikTokUnavailable, studio.Clock.GetUtcNow()));
        studio.Clock.Advance(StatusBoard.KeptFor);
        var after = await StrangersPageAsync();
        Assert.Contains("Lasted 2 hours", after.QuerySelector("#past")!.TextContent, StringComparison.Ordinal);
        Assert.Null(after.QuerySelector("#now .moment"));

        studio.Clock.Advance(TimeSpan.FromDays(30));
        Assert.Null((await StrangersPageAsync()).QuerySelector("#past .moment"));
    }

    [Fact]
    public async Task It_names_nobody_and_nothing_that_helps_to_attack()
    {
        var id = await studio.ConnectionAsync("Maren's secret account");
        foreach (var cause in (string[])["invalid_client", Incident.NoApp, Incident.KeyMissing, Incident.SecretDamaged, Incident.AppChanged, Incident.RefusedByMany, Incident.BackupRestored, Incident.ClockIsOff, Incident.UserCap, "unauthorized_client"])
            await RaiseAsync(cause, id);

        var text = (await StrangersPageAsync()).DocumentElement.OuterHtml;

        foreach (var secret in (string[])["secret account", "Kiln", "Maren", "log-77", "HOLDFAST_KEYS", "invalid_client", "unauthorized_client", "client key", "key-missing", id])
            Assert.DoesNotContain(secret, text, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task However_many_look_the_database_is_read_once_in_ten_seconds()
    {
        var board = studio.Service<StatusBoard>();
        var first = await board.NowAsync();
        await RaiseAsync("invalid_client", null);
        studio.Clock.Advance(StatusBoard.KeptFor - TimeSpan.FromMilliseconds(1));
        Assert.Same(first, await board.NowAsync());
        studio.Clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(Health.Down, (await board.NowAsync()).Overall);
    }

    [Fact]
    public async Task Every_member_gets_there_from_help_and_from_the_banner()
    {
        Assert.NotNull((await studio.PageAsync("/help")).QuerySelector("main a[href='/status']"));
        await RaiseAsync(Incident.TikTokUnavailable, null);

        var banner = (await studio.PageAsync("/")).QuerySelector("#incidents")!;

        Assert.NotNull(banner.QuerySelector("a[href='/status']"));
        var report = banner.QuerySelector("#incident-report-text")!.TextContent;
        Assert.Contains("2026-11-26 09:00:00", report, StringComparison.Ordinal);
        Assert.Contains("log_id: log-77", report, StringComparison.Ordinal);
        Assert.Contains("tiktok-unavailable", report, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("invalid_client")]
    [InlineData(Incident.RefusedByMany)]
    [InlineData(Incident.CallsRefused)]
    [InlineData(Incident.NoApp)]
    [InlineData(Incident.KeyMissing)]
    [InlineData(Incident.SecretDamaged)]
    [InlineData(Incident.TikTokUnavailable)]
    [InlineData(Incident.ClockIsOff)]
    [InlineData(Incident.AppChanged)]
    [InlineData(Incident.BackupRestored)]
    [InlineData(Incident.UserCap)]
    [InlineData("something_new")]
    public async Task Every_incident_has_a_banner_in_words(string cause)
    {
        await RaiseAsync(cause, null);
        Assert.DoesNotContain("notices.", (await studio.PageAsync("/")).QuerySelector("#incidents")!.TextContent, StringComparison.Ordinal);
    }

    private Task RaiseAsync(string cause, string? connectionId) =>
        studio.Database.WriteAsync(session => studio.Service<IncidentStore>().RaiseAsync(session, new Incident(cause, "log-77"), connectionId, studio.Clock.GetUtcNow()));

    private async Task<IHtmlDocument> StrangersPageAsync()
    {
        using var stranger = new HttpClient(new SocketsHttpHandler()) { BaseAddress = studio.Http.BaseAddress };
        using var answer = await stranger.GetAsync("/status");
        Assert.Equal(System.Net.HttpStatusCode.OK, answer.StatusCode);
        return new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync());
    }
}
