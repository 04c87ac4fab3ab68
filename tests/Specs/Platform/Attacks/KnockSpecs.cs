using Holdfast.Platform.Api;
using Holdfast.Platform.SignIn;
using Holdfast.Specs.Platform.SignIn.External;

namespace Holdfast.Specs.Platform.Attacks;

/// <summary>Attack case 81: what costs a hash or a row before anybody is known is limited per network.</summary>
public sealed class KnockSpecs
{
    [Fact]
    public async Task Case_81_a_network_signs_up_thirty_times_in_a_quarter_of_an_hour_and_nobody_else_waits()
    {
        await using var platform = await PlatformUnderTest.StartAsync();
        using var flood = platform.VisitorFrom(1);
        var page = await flood.GetAsync("/signup");
        var answers = new List<Visit>();
        for (var i = 0; i < KnockLimit.SignUps + 2; i++)
        {
            answers.Add(await flood.SubmitAsync(page, "/signup", ("username", "a"), ("password", PlatformUnderTest.Password)));
            platform.Clock.Advance(TimeSpan.FromSeconds(20)); // slowly does it no better
        }

        Assert.All(answers.Take(KnockLimit.SignUps), answer => Assert.Equal(422, answer.Status));
        Assert.All(answers.Skip(KnockLimit.SignUps), answer => Assert.Equal((429, true), (answer.Status, answer.Page.QuerySelector("#too-often") is not null)));
        using var elsewhere = platform.VisitorFrom(2);
        Assert.Equal(303, (await elsewhere.SubmitAsync(await elsewhere.GetAsync("/signup"), "/signup", ("username", "bruno"), ("password", PlatformUnderTest.Password))).Status);
        platform.Clock.Advance(TimeSpan.FromMinutes(15));
        Assert.Equal(303, (await flood.SubmitAsync(page, "/signup", ("username", "ada"), ("password", PlatformUnderTest.Password))).Status);
    }

    [Theory]
    [InlineData("/login/with/acme", "external_attempt")]
    [InlineData("/login/passkey", "passkey_challenge")]
    public async Task Case_81_a_network_leaves_only_so_many_rows_of_sign_ins_it_never_finishes(string door, string table)
    {
        await using var acme = await FakeProvider.StartAsync();
        await using var platform = await acme.PlatformAsync();
        using var flood = platform.AtLocalhost();
        var page = await flood.GetAsync("/login");
        var token = page.Page.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!; // every form has one
        for (var i = 0; i < KnockLimit.Asked; i++)
            Assert.NotEqual(429, (await flood.PostAsync(door, ("__RequestVerificationToken", token), ("username", "nobody"))).Status);

        Assert.Equal(429, (await flood.PostAsync(door, ("__RequestVerificationToken", token), ("username", "nobody"))).Status);
        Assert.InRange(await platform.CountAsync(table), 1, KnockLimit.Asked);
    }

    [Fact]
    public async Task Case_81_a_quarter_of_an_hour_and_a_minute_are_counted_side_by_side()
    {
        await using var platform = await PlatformUnderTest.StartAsync();
        var limits = platform.Service<RateLimits>();
        Assert.True(await limits.TryAsync("slow", 1, TimeSpan.FromMinutes(15), CancellationToken.None));
        Assert.True(await limits.TryAsync("quick", 1, CancellationToken.None));

        platform.Clock.Advance(TimeSpan.FromSeconds(61));

        Assert.True(await limits.TryAsync("quick", 1, CancellationToken.None));
        Assert.False(await limits.TryAsync("slow", 1, TimeSpan.FromMinutes(15), CancellationToken.None));
        platform.Clock.Advance(TimeSpan.FromMinutes(14));
        Assert.True(await limits.TryAsync("slow", 1, TimeSpan.FromMinutes(15), CancellationToken.None));
    }
}
