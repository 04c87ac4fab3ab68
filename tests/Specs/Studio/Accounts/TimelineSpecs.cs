using Holdfast.Domain.Connections;
using Holdfast.Studio.Accounts.KeepAlive;
using Holdfast.Studio.Accounts.Timeline;

namespace Holdfast.Specs.Studio.Accounts;

/// <summary>Scenario N4: "why did it disconnect?" has an answer, and it can be taken along.</summary>
public sealed class TimelineSpecs : ConnectingStudio
{
    [Fact, Trait("scenario", "N4")]
    public async Task N4_the_whole_story_goes_to_a_file_with_times_causes_codes_log_ids_tries_and_who_acted_and_without_a_secret()
    {
        var id = IdOf(await ConsentAsync(Ada));
        var (token, refresh) = (await TokenAsync(id), await RefreshTokenAsync(id));
        await RefuseAsync(id);
        await ConsentAsync(Ada, $"{Start}?connection={id}");

        using var answer = await studio.Http.GetAsync($"/accounts/{id}/timeline.txt");
        var text = await answer.Content.ReadAsStringAsync();

        Assert.Equal(("text/plain", "attachment"), (answer.Content.Headers.ContentType?.MediaType, answer.Content.Headers.ContentDisposition?.DispositionType));
        Assert.Contains("open_id: open-ada\n", text, StringComparison.Ordinal);
        Assert.Contains($"client_key: {FakeTikTok.ClientKey}\n", text, StringComparison.Ordinal);
        Assert.Matches(@"(?m)^2026-1\d-\d\d \d\d:\d\d:\d\dZ  Connected as Ada  by Maren Holt", text);
        Assert.Matches(@"(?m)^\S+ \S+Z  Access renewed  log_id: \S+$", text);
        Assert.Matches(@"(?m)^\S+ \S+Z  Needs sign-in: .*TikTok's word: invalid_grant · tried 1 time · log_id: log-invalid_grant$", text);
        Assert.Matches(@"(?m)^\S+ \S+Z  Signed in again  by Maren Holt", text);
        Assert.DoesNotContain(token, text, StringComparison.Ordinal);
        Assert.DoesNotContain(refresh.Reveal(), text, StringComparison.Ordinal);
        Assert.DoesNotContain("act.", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_workspaces_story_is_not_here()
    {
        var id = IdOf(await ConsentAsync(Ada));
        using var stranger = await StrangerAsync();

        using var answer = await stranger.GetAsync($"/accounts/{id}/timeline.txt");

        Assert.Equal(System.Net.HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task Good_renewals_are_forgotten_after_three_months_and_everything_else_stays()
    {
        var id = IdOf(await ConsentAsync(Ada));
        await RefuseAsync(id);
        var before = await LinesAsync(id);
        Assert.Contains(nameof(TimelineKind.Renewed), before);

        studio.Clock.Advance(TimeSpan.FromDays(91));
        while (await studio.Service<TidyTimeline>().RunDueAsync(CancellationToken.None))
        {
        }

        Assert.Equal(before.Where(kind => kind != nameof(TimelineKind.Renewed)), await LinesAsync(id));
    }

    /// <summary>Renewed well once, and refused the next time.</summary>
    private async Task RefuseAsync(string id)
    {
        await DueAsync(id);
        while (await studio.Service<RenewDue>().RunDueAsync(CancellationToken.None))
        {
        }
        tiktok.Fault = (path, form, _) => Task.FromResult(path == "/v2/oauth/token/" && form.GetValueOrDefault("grant_type") == "refresh_token" ? FakeTikTok.OAuthError("invalid_grant", 400) : null);
        await DueAsync(id);
        while ((await RowAsync(id)).State != "needs-sign-in")
            await studio.Service<RenewDue>().RunDueAsync(CancellationToken.None);
        tiktok.Fault = null;
    }

    private async Task DueAsync(string id)
    {
        var due = (await RowAsync(id)).RenewAt!.Value; // it is connected
        studio.Clock.Advance(due - studio.Clock.GetUtcNow() + TimeSpan.FromSeconds(1));
    }

    private async Task<IReadOnlyList<string>> LinesAsync(string id) =>
        [.. (await studio.Service<TimelineStore>().ListAsync(studio.Workspace.Id, id, 100)).Select(line => line.Kind)];
}
