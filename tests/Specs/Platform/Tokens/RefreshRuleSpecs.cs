using Holdfast.Platform.Tokens;

namespace Holdfast.Specs.Platform.Tokens;

public sealed class RefreshRuleSpecs
{
    private static readonly DateTimeOffset Now = new(2026, 11, 26, 12, 0, 0, TimeSpan.Zero);

    /// <summary>The whole table of design §5: living, superseded with an unused successor, superseded with a used one.</summary>
    [Theory]
    [InlineData("Strict", false, false, "Renew")]
    [InlineData("Strict", true, false, "Refuse")]
    [InlineData("Strict", true, true, "Refuse")]
    [InlineData("Grace", false, false, "Renew")]
    [InlineData("Grace", true, false, "ReplaceSuccessor")]
    [InlineData("Grace", true, true, "EndFamily")]
    [InlineData("Legacy", false, false, "KeepToken")]
    [InlineData("Legacy", true, false, "Refuse")]
    [InlineData("Legacy", true, true, "Refuse")]
    public void Each_mode_has_one_verdict_for_each_state(string mode, bool isSuperseded, bool isSuccessorUsed, string verdict) =>
        Assert.Equal(verdict, RefreshRule.Decide(Enum.Parse<RefreshMode>(mode), new(Now.AddDays(1), false, isSuperseded, isSuccessorUsed), Now).ToString());

    [Theory]
    [InlineData("Strict")]
    [InlineData("Grace")]
    [InlineData("Legacy")]
    public void What_is_unknown_ended_or_over_is_refused_in_every_mode_and_punishes_nobody(string name)
    {
        var mode = Enum.Parse<RefreshMode>(name);

        Assert.Equal(RefreshVerdict.Refuse, RefreshRule.Decide(mode, null, Now));
        Assert.Equal(RefreshVerdict.Refuse, RefreshRule.Decide(mode, new(Now.AddDays(1), true, false, false), Now));
        Assert.Equal(RefreshVerdict.Refuse, RefreshRule.Decide(mode, new(Now.AddDays(1), true, true, true), Now));
        Assert.Equal(RefreshVerdict.Refuse, RefreshRule.Decide(mode, new(Now, false, false, false), Now));
        Assert.Equal(RefreshVerdict.Refuse, RefreshRule.Decide(mode, new(Now, false, true, true), Now));
        Assert.NotEqual(RefreshVerdict.Refuse, RefreshRule.Decide(mode, new(Now.AddMilliseconds(1), false, false, false), Now));
    }
}
