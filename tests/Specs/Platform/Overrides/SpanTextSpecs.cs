using Holdfast.Platform.Overrides;

namespace Holdfast.Specs.Platform.Overrides;

public sealed class SpanTextSpecs
{
    [Theory]
    [InlineData("250ms", 250)]
    [InlineData("90s", 90_000)]
    [InlineData("90", 90_000)]
    [InlineData("0", 0)]
    [InlineData("10m", 600_000)]
    [InlineData("1d12h", 129_600_000)]
    [InlineData("2h30m15s500ms", 9_015_500)]
    [InlineData(" -1h ", -3_600_000)]
    public void A_span_reads_as_people_write_it(string text, long milliseconds) => Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), SpanText.Read(text));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("soon")]
    [InlineData("1w")]
    [InlineData("h")]
    [InlineData("1.5h")]
    [InlineData("1h1h")]
    [InlineData("1m1h")]
    [InlineData("1h30")]
    [InlineData("36501d")]
    [InlineData("36500d1h")]
    [InlineData("99999999999s")]
    [InlineData("1 h")]
    public void What_is_no_span_is_none(string? text) => Assert.Null(SpanText.Read(text));

    [Theory]
    [InlineData("0s")]
    [InlineData("90d")]
    [InlineData("1d12h30m")]
    [InlineData("-1h")]
    [InlineData("250ms")]
    public void It_is_written_as_it_is_read(string text) => Assert.Equal(text, SpanText.Say(SpanText.Read(text)!.Value));
}
