using Holdfast.Platform.Api;
using Holdfast.Platform.Faults;

namespace Holdfast.Specs.Platform.Faults;

public sealed class FaultRuleSpecs
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("all", "token", true)]
    [InlineData("all", "upload", true)]
    [InlineData("all", "business", true)]
    [InlineData("all", "authorize", false)]
    [InlineData("authorize", "authorize", true)]
    [InlineData("oauth", "qrcode", true)]
    [InlineData("oauth", "user_info", false)]
    [InlineData("display", "video_query", true)]
    [InlineData("posting", "upload", true)]
    [InlineData("posting", "video_list", false)]
    [InlineData("renewal", "token", false)]
    public void A_group_covers_its_endpoints_and_no_others(string place, string at, bool covers) => Assert.Equal(covers, FaultPlace.Covers(place, at, grant: null));

    [Fact]
    public void Every_endpoint_has_a_name_a_fault_can_take() =>
        Assert.All(ApiPlace.All.Where(place => place != ApiPlace.Unknown), place => Assert.True(FaultPlace.IsKnown(place), place));

    [Fact]
    public void Without_a_number_or_a_span_a_fault_acts_once()
    {
        var once = FaultRule.Make(new NewFault(), "1", null, Now, null);
        var open = FaultRule.Make(new NewFault { For = TimeSpan.FromHours(1) }, "2", null, Now, null);
        var both = FaultRule.Make(new NewFault { For = TimeSpan.FromHours(1), Times = 3 }, "3", null, Now, null);
        var story = FaultRule.Make(new NewFault(), "4", "rain", Now, Now.AddHours(2));

        Assert.Equal((1, null), (once.Remaining, once.EndsAt));
        Assert.Equal((null, Now.AddHours(1)), (open.Remaining, open.EndsAt));
        Assert.Equal((3, Now.AddHours(1)), (both.Remaining, both.EndsAt));
        Assert.Equal((null, Now.AddHours(2)), (story.Remaining, story.EndsAt));
    }

    [Fact]
    public void A_fault_lives_until_its_uses_or_its_time_are_gone()
    {
        Assert.True(FaultRule.IsLive(new Fault { Remaining = 1, EndsAt = Now.AddTicks(1) }, Now));
        Assert.False(FaultRule.IsLive(new Fault { Remaining = 0 }, Now));
        Assert.False(FaultRule.IsLive(new Fault { EndsAt = Now }, Now));
    }

    [Fact]
    public void A_fault_for_somebody_is_met_by_nobody_who_is_not_known_to_be_them()
    {
        var fault = new Fault { Place = "all", AppId = "a", PersonId = "p" };

        Assert.True(FaultRule.Meets(fault, "token", new Caller("a", "p"), Now));
        Assert.False(FaultRule.Meets(fault, "token", new Caller("a", null), Now));
        Assert.False(FaultRule.Meets(fault, "token", new Caller("b", "p"), Now));
        Assert.False(FaultRule.Meets(fault, "token", null, Now));
    }
}
