using Holdfast.Platform.Posting;

namespace Holdfast.Specs.Platform.Posting;

public sealed class ChunkPlanSpecs
{
    // §11, the planner's table and "server must accept".
    [Theory]
    [InlineData(4_194_304, 4_194_304, 1)]
    [InlineData(4_999_999, 4_999_999, 1)]
    [InlineData(5_000_000, 5_000_000, 1)]
    [InlineData(64_000_000, 64_000_000, 1)]
    [InlineData(67_108_864, 67_108_864, 1)]
    [InlineData(64_000_001, 10_000_000, 6)]
    [InlineData(67_108_865, 10_000_000, 6)]
    [InlineData(121_000_000, 10_000_000, 12)]
    [InlineData(602_285_541, 10_000_000, 60)]
    [InlineData(4_294_967_296, 10_000_000, 429)]
    [InlineData(50_000_123, 10_000_000, 5)]
    // Plans of clients in use: chunks of 10 MiB, of 32 MiB, and of 5 MiB.
    [InlineData(70_000_000, 10_485_760, 6)]
    [InlineData(100_000_000, 33_554_432, 2)]
    [InlineData(12_000_000, 5_242_880, 2)]
    public void A_plan_that_is_sound_under_both_readings_of_MB_is_taken(long size, long chunk, long count) =>
        Assert.Null(new ChunkPlan(size, chunk, count).Problem);

    // §11, "server must reject", and the edges of §5.6.
    [Theory]
    [InlineData(121_000_000, 64_000_000, 1)]
    [InlineData(65_000_000, 60_000_000, 2)]
    [InlineData(40_000_000, 20_000_000, 1)]
    [InlineData(6_000_000, 5_000_000, 1)]
    [InlineData(50_000_123, 10_000_000, 6)]
    [InlineData(67_108_865, 67_108_865, 1)]
    [InlineData(4_000_000, 2_000_000, 2)]
    [InlineData(0, 0, 1)]
    [InlineData(-5, -5, 1)]
    [InlineData(10_000_000, 0, 2)]
    [InlineData(4_294_967_297, 10_000_000, 429)]
    [InlineData(50_000_000, 50_000, 1000)]
    public void A_plan_that_breaks_a_rule_is_refused(long size, long chunk, long count) =>
        Assert.NotNull(new ChunkPlan(size, chunk, count).Problem);

    [Fact]
    public void The_words_of_a_refusal_are_the_ones_seen_live()
    {
        Assert.Equal("The total chunk count is invalid", new ChunkPlan(50_000_123, 10_000_000, 6).Problem);
        Assert.Equal("The chunk size is invalid", new ChunkPlan(121_000_000, 64_000_000, 1).Problem);
    }

    [Fact]
    public void The_last_chunk_takes_the_remainder()
    {
        var plan = new ChunkPlan(50_000_123, 10_000_000, 5);
        Assert.Equal([10_000_000L, 10_000_000, 10_000_000, 10_000_000, 10_000_123], Enumerable.Range(0, 5).Select(at => plan.LengthAt(at * 10_000_000L)));
    }

    [Theory]
    [InlineData("bytes 0-9/10", 0, 9, 10)]
    [InlineData("bytes 5-5/6", 5, 5, 6)]
    public void A_content_range_is_read(string header, long first, long last, long total) =>
        Assert.Equal(new ContentRange(first, last, total), ContentRange.Read(header));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("bytes */10")]
    [InlineData("bytes 0-10/10")]
    [InlineData("bytes 5-4/10")]
    [InlineData("bytes 0-9/*")]
    [InlineData("bytes 0-9")]
    [InlineData("items 0-9/10")]
    [InlineData("bytes 0-9/10\n")]
    [InlineData("bytes -1-9/10")]
    [InlineData("bytes 0-9/9999999999999999999999")]
    public void A_content_range_in_any_other_form_is_refused(string? header) => Assert.Null(ContentRange.Read(header));
}
