using Holdfast.People.SignIn;

namespace Holdfast.Specs.People;

public sealed class ThrottleRuleSpecs
{
    [Theory]
    [InlineData("Account", false, 5)]
    [InlineData("Account", true, 3)]
    [InlineData("Familiar", false, 5)]
    [InlineData("Familiar", true, 5)]
    [InlineData("Address", false, 20)]
    [InlineData("Address", true, 5)]
    public void The_first_failures_are_free_and_then_each_wait_doubles_up_to_a_minute(string kind, bool underPressure, int free)
    {
        var subject = Enum.Parse<SubjectKind>(kind);
        double Wait(int failures) => ThrottleRule.WaitAfter(subject, failures, underPressure).TotalSeconds;

        Assert.Equal(free, ThrottleRule.FreeFailures(subject, underPressure));
        Assert.Equal(0, Wait(0));
        Assert.Equal(0, Wait(free - 1));
        Assert.Equal([1, 2, 4, 8, 16, 32, 60, 60, 60], Enumerable.Range(free, 9).Select(Wait));
        Assert.Equal(60, Wait(free + 100_000));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void All_failures_together_make_nobody_wait(bool underPressure) => Assert.Equal(TimeSpan.Zero, ThrottleRule.WaitAfter(SubjectKind.Everybody, 1_000_000, underPressure));

    [Theory]
    [InlineData("Account", 14.99, 7)]
    [InlineData("Account", 15, 0)]
    [InlineData("Address", 0, 7)]
    [InlineData("Familiar", 20, 0)]
    public void One_subjects_failures_are_kept_whole_for_a_quarter_of_an_hour(string kind, double minutes, long left) =>
        Assert.Equal(left, ThrottleRule.Remembered(Enum.Parse<SubjectKind>(kind), 7, TimeSpan.FromMinutes(minutes)));

    [Theory]
    [InlineData(0, 3_000)]
    [InlineData(7.5, 2_500)]
    [InlineData(15, 2_000)]
    [InlineData(45, 0)]
    [InlineData(600, 0)]
    public void Failures_altogether_are_forgotten_steadily(double minutes, long left) =>
        Assert.Equal(left, ThrottleRule.Remembered(SubjectKind.Everybody, 3_000, TimeSpan.FromMinutes(minutes)));
}
