using System.Net;
using FsCheck;
using FsCheck.Fluent;
using Holdfast.TikTok;
using Holdfast.TikTok.Posting;

namespace Holdfast.Specs.TikTok;

/// <summary>How a video is cut and carried (tiktok-v2 §5.6, §11; scenario P29).</summary>
public sealed class UploadSpecs
{
    [Theory]
    [InlineData(1, 1, 1, 1)]
    [InlineData(4_194_304, 4_194_304, 1, 4_194_304)]
    [InlineData(4_999_999, 4_999_999, 1, 4_999_999)]
    [InlineData(5_000_000, 5_000_000, 1, 5_000_000)]
    [InlineData(64_000_000, 64_000_000, 1, 64_000_000)]
    [InlineData(64_000_001, 10_000_000, 6, 14_000_001)]
    [InlineData(67_108_864, 10_000_000, 6, 17_108_864)]
    [InlineData(67_108_865, 10_000_000, 6, 17_108_865)]
    [InlineData(121_000_000, 10_000_000, 12, 11_000_000)]
    [InlineData(602_285_541, 10_000_000, 60, 12_285_541)]
    [InlineData(4_294_967_296, 10_000_000, 429, 14_967_296)]
    public void A_plan_is_the_documented_one(long size, long chunk, int count, long last)
    {
        var plan = ChunkPlan.For(size);
        Assert.Equal((chunk, count, last), (plan.ChunkSize, plan.Count, plan[count - 1].Length));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(ChunkPlan.LargestVideo + 1)]
    public void A_video_of_impossible_size_has_no_plan(long size) => Assert.Throws<ArgumentOutOfRangeException>(() => ChunkPlan.For(size));

    [Fact]
    public void A_plan_covers_exactly_the_file_and_is_legal_under_both_readings_of_a_megabyte() =>
        Prop.ForAll(Gen.OneOf(Sizes(1, 80_000_000), Sizes(63_000_000, 68_000_000), Sizes(1, ChunkPlan.LargestVideo)).ToArbitrary(), size =>
        {
            var plan = ChunkPlan.For(size);
            var next = 0L;
            for (var index = 0; index < plan.Count; index++)
            {
                Assert.Equal(next, plan[index].FirstByte);
                next = plan[index].LastByte + 1;
            }

            Assert.Equal(size, next);
            Assert.Equal(size / plan.ChunkSize, plan.Count);
            Assert.InRange(plan.Count, 1, 1000);
            foreach (var megabyte in (long[])[1_000_000, 1_048_576])
            {
                Assert.True(plan.Count > 1 || (plan.ChunkSize == size && size <= 64 * megabyte), "One chunk is the whole file, and not too large.");
                Assert.True(plan.Count == 1 || plan.ChunkSize >= 5 * megabyte && plan.ChunkSize <= 64 * megabyte, "Chunks are 5 to 64 MB.");
                Assert.True(plan[plan.Count - 1].Length <= 128 * megabyte, "The last chunk is at most 128 MB.");
            }
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("bytes 0-9999999/121000000", 1)]
    [InlineData("bytes 0-10000000/121000000", 1)]
    [InlineData("bytes 0-119999999/121000000", null)]
    [InlineData("bytes 0-120999999/121000000", 12)]
    [InlineData("bytes 0-0/121000000", 0)]
    [InlineData("bytes 0-5/121000000", null)]
    [InlineData("bytes */121000000", null)]
    [InlineData("bytes 0-99999999999999999999/1", null)]
    [InlineData("bytes 0-9223372036854775807/1", null)]
    [InlineData(null, null)]
    public async Task Whether_TikTok_counts_bytes_or_names_the_last_one_the_next_chunk_is_found(string? range, int? next)
    {
        var outcome = await PutAsync(0, () =>
        {
            var answer = new HttpResponseMessage(HttpStatusCode.RequestedRangeNotSatisfiable);
            if (range is not null)
            {
                answer.Content.Headers.TryAddWithoutValidation("Content-Range", range);
            }

            return answer;
        });
        Assert.Equal(new UploadOutcome.OutOfOrder(next), outcome);
    }

    [Theory]
    [InlineData(200, 0, typeof(UploadOutcome.Accepted))]
    [InlineData(201, 0, typeof(UploadOutcome.Accepted))]
    [InlineData(200, 11, typeof(UploadOutcome.Complete))]
    [InlineData(206, 11, typeof(UploadOutcome.Complete))]
    [InlineData(400, 0, typeof(UploadOutcome.Refused))]
    [InlineData(500, 0, typeof(UploadOutcome.Unknown))]
    [InlineData(429, 0, typeof(UploadOutcome.Unknown))]
    [InlineData(307, 0, typeof(UploadOutcome.Unknown))]
    public async Task An_answer_to_a_chunk_is_counted_by_us(int status, int index, Type expected) =>
        Assert.IsType(expected, await PutAsync(index, () => new((HttpStatusCode)status)));

    [Fact]
    public async Task A_chunk_passes_through_a_small_buffer()
    {
        var video = new ZeroStream(200_000_000);
        var handler = new StubHandler(() => new(HttpStatusCode.Created));
        using var http = TikTokHttp.CreateClient(handler);
        var before = GC.GetTotalAllocatedBytes(precise: true);
        await Client(http).UploadChunkAsync(Url, ChunkPlan.For(64_000_000), 0, video, "video/mp4", TestContext.Current.CancellationToken);
        Assert.Equal(64_000_000, handler.BytesRead);
        Assert.True(video.LargestRead <= 128 * 1024, "The stream is read in small pieces.");
        Assert.True(GC.GetTotalAllocatedBytes(precise: true) - before < 32_000_000, "The chunk is not held in memory.");
    }

    [Fact]
    public async Task A_file_that_shrank_is_the_callers_broken_promise()
    {
        using var http = TikTokHttp.CreateClient(new StubHandler(() => new(HttpStatusCode.Created)));
        await Assert.ThrowsAsync<EndOfStreamException>(() => Client(http).UploadChunkAsync(
            Url, ChunkPlan.For(1000), 0, new ZeroStream(999), "video/mp4", TestContext.Current.CancellationToken));
    }

    private static UploadUrl Url => new("https://open-upload.tiktokapis.com/video/?upload_token=t");

    private static Gen<long> Sizes(long from, long to) => ArbMap.Default.GeneratorFor<ulong>().Select(any => from + (long)(any % (ulong)(to - from + 1)));

    private static MediaUpload Client(HttpClient http) => new TikTokClient(TikTokEndpoints.Default, http, TestClock.System).Uploads;

    private static async Task<UploadOutcome> PutAsync(int index, Func<HttpResponseMessage> answer)
    {
        using var http = TikTokHttp.CreateClient(new StubHandler(answer));
        return await Client(http).UploadChunkAsync(Url, ChunkPlan.For(121_000_000), index, new ZeroStream(20_000_000), "video/mp4", TestContext.Current.CancellationToken);
    }
}
