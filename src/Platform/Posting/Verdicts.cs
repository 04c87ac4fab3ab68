using Holdfast.Platform.Console;
using Holdfast.Shell.Hosting;
using Holdfast.Storage;
using Microsoft.Extensions.Options;

namespace Holdfast.Platform.Posting;

/// <summary>What awaits a post: the rows of <c>post_verdict</c> that concern its app and creator, the narrowest first; where they say nothing, the settings.</summary>
/// <remarks>Whoever wants posts to go wrong or slowly writes a row; nothing else has to be told. Where there is no console the rows it left behind act on nothing.</remarks>
internal sealed class Verdicts(IOptions<PostingOptions> options, AppOptions app, TimeProvider clock)
{
    private const string Rows = """
        from post_verdict
        where (app_id is null or app_id = @AppId) and (creator_id is null or creator_id = @CreatorId) and (times_left is null or times_left > 0) and (ends_at is null or ends_at > @now)
        """;

    private const string NarrowestFirst = "order by case when creator_id is null then 0 else 2 end + case when app_id is null then 0 else 1 end desc, created_at, id";

    private readonly bool areRead = ConsoleToken.Exists(app);

    /// <summary>How long the checks wait after the last byte.</summary>
    public async Task<TimeSpan> ProcessingForAsync(Session session, Upload upload) =>
        await DelayAsync(session, upload, "processing_ms") ?? options.Value.ProcessingFor;

    /// <summary>How long a public post waits until others see it.</summary>
    public async Task<TimeSpan> ModerationForAsync(Session session, Upload upload) =>
        await DelayAsync(session, upload, "moderation_ms") ?? options.Value.ModerationFor;

    /// <summary>The <c>fail_reason</c> that is decided for this post; <c>null</c> when none is. The row stays this transaction's until its end.</summary>
    public Task<Verdict?> FindAsync(Session session, Upload upload) =>
        FirstAsync<Verdict>(session, upload, $"select id, fail_reason {Rows} and fail_reason is not null {NarrowestFirst} limit 1 {session.ForUpdate}");

    /// <summary>Counts a verdict that hit its post.</summary>
    public static Task SpendAsync(Session session, Verdict verdict) =>
        session.RunAsync("update post_verdict set times_left = times_left - 1 where id = @Id", new { verdict.Id });

    private async Task<TimeSpan?> DelayAsync(Session session, Upload upload, string column) =>
        await FirstAsync<long?>(session, upload, $"select {column} {Rows} and {column} is not null {NarrowestFirst} limit 1") is { } delay ? TimeSpan.FromMilliseconds(delay) : null;

    private Task<T?> FirstAsync<T>(Session session, Upload upload, string sql) =>
        areRead ? session.FirstAsync<T>(sql, new { upload.AppId, upload.CreatorId, now = clock.GetUtcNow() }) : Task.FromResult(default(T));
}

internal sealed record Verdict
{
    public string Id { get; init; } = "";
    public string FailReason { get; init; } = "";
}
