using Holdfast.Platform.Overrides;
using Holdfast.Specs.Platform.Console;
using Holdfast.Specs.Platform.Posting;
using Holdfast.Specs.Storage;
using Holdfast.Storage;

namespace Holdfast.Specs.Platform.Faults;

/// <summary>What the console decides about posts to come.</summary>
public sealed class VerdictSpecs
{
    public static TheoryData<Engine> Engines => DatabaseUnderTest.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task The_next_post_fails_with_the_reason_that_was_chosen_and_the_one_after_it_does_not(Engine engine)
    {
        await using var app = await ConsoleCaller.ConnectedAsync(engine);
        await app.Platform.DoAsync(HttpMethod.Post, "/verdicts", new { fail_reason = "spam_risk_text" });

        var failed = await app.PostAsync(ConnectedApp.Clip());
        var published = await app.PostAsync(ConnectedApp.Clip());

        Assert.Equal(("FAILED", "spam_risk_text"), (failed.Data("status"), failed.Data("fail_reason")));
        Assert.Equal("PUBLISH_COMPLETE", published.Data("status"));
    }

    [Fact]
    public async Task A_verdict_for_another_account_or_app_leaves_a_post_alone()
    {
        await using var app = await ConsoleCaller.ConnectedAsync();
        await ConnectedApp.CreatorAsync(app.Platform, "bruno");
        var other = await app.Platform.AppAsync("other");
        await app.Platform.DoAsync(HttpMethod.Post, "/verdicts", new { fail_reason = "internal", account = "bruno" });
        await app.Platform.DoAsync(HttpMethod.Post, "/verdicts", new { fail_reason = "internal", client_key = other.ClientKey });

        Assert.Equal("PUBLISH_COMPLETE", (await app.PostAsync(ConnectedApp.Clip())).Data("status"));
        Assert.Equal(2, (await app.Platform.GetAsync("/verdicts")).Json.GetProperty("verdicts").GetArrayLength());
    }

    [Fact]
    public async Task One_accounts_moderation_takes_as_long_as_was_said()
    {
        await using var app = await ConsoleCaller.ConnectedAsync();
        await app.Platform.DoAsync(HttpMethod.Post, "/verdicts", new { moderation_delay = "30m", account = "ada" });

        var posted = await app.PostAsync(ConnectedApp.Clip());

        Assert.Equal(("PUBLISH_COMPLETE", ""), (posted.Data("status"), posted.Data("publicaly_available_post_id")));
    }

    [Fact]
    public async Task A_verdict_ends_with_its_time_and_can_be_taken_away()
    {
        await using var app = await ConsoleCaller.ConnectedAsync();
        var id = (await app.Platform.DoAsync(HttpMethod.Post, "/verdicts", new { fail_reason = "internal", @for = "10m" })).Json.GetProperty("id").GetString();
        await app.Platform.DoAsync(HttpMethod.Post, "/verdicts", new { fail_reason = "internal", times = 3 });
        app.Platform.Clock.Advance(TimeSpan.FromMinutes(10));
        await app.Platform.Service<HearConsole>().LookAsync();

        Assert.Equal(404, (await app.Platform.ConsoleAsync(HttpMethod.Delete, $"/verdicts/{id}")).Status);
        await app.Platform.DoAsync(HttpMethod.Delete, "/verdicts");

        Assert.Equal("PUBLISH_COMPLETE", (await app.PostAsync(ConnectedApp.Clip())).Data("status"));
    }

    [Theory]
    [InlineData("{}", "fail_reason")]
    [InlineData("""{"fail_reason":"bad_luck"}""", "fail_reason")]
    [InlineData("""{"moderation_delay":"8d"}""", "7d")]
    [InlineData("""{"moderation_delay":"1h","times":2}""", "times")]
    [InlineData("""{"fail_reason":"internal","times":"x"}""", "times")]
    [InlineData("""{"fail_reason":"internal","account":"nobody"}""", "accounts")]
    [InlineData("""{"reason":"internal"}""", "reason")]
    public async Task A_verdict_that_makes_no_sense_is_refused_with_what_to_do(string json, string says)
    {
        await using var platform = await ConsoleCaller.WithConsoleAsync();

        var refused = await platform.ConsoleAsync(HttpMethod.Post, "/verdicts", json);

        Assert.Equal(400, refused.Status);
        Assert.Contains(says, refused.Error, StringComparison.Ordinal);
    }
}
