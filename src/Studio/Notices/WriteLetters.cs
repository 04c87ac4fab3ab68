using Holdfast.People.Letters;
using Holdfast.Shell.Hosting;
using Holdfast.Shell.Language;
using Holdfast.Storage;
using Holdfast.Storage.Work;

namespace Holdfast.Studio.Notices;

/// <summary>Writes the letters whose time has come, after quiet hours at the latest, and gives them to the letter box, which tries until the mail server takes them.</summary>
/// <remarks>
/// Row and letter change in one transaction, and the letter has the row's id: there is one letter for a row, and a mail program that gets it twice shows it once.
/// One that cannot be written steps aside for a while, so that it keeps nobody else's waiting.
/// </remarks>
internal sealed class WriteLetters(Database database, LetterBox letters, TextTable table, IHttpContextAccessor http, AppOptions app, TimeProvider clock, ILogger<WriteLetters> log) : IDueWork
{
    public const string LettersTopic = "notice-letters";

    private const string Due = "select id from notice_delivery where next_step_at <= @now and channel = 'email' order by next_step_at, id limit 1";

    public string Topic => LettersTopic;

    public async Task<bool> RunDueAsync(CancellationToken stopping)
    {
        if (await database.ReadAsync(session => session.FirstAsync<string>(Due, new { now = clock.GetUtcNow() }), stopping) is null)
            return false;
        return await database.TakeOneAsync(session => session.FirstAsync<string>($"{Due} {session.SkipLocked}", new { now = clock.GetUtcNow() }), WriteAsync, StepAsideAsync, stopping);
    }

    private async Task WriteAsync(Session session, string id)
    {
        var now = clock.GetUtcNow();
        var letter = await session.FirstAsync<ToWrite>("""
            select d.notice_id, d.made_at, p.email from notice_delivery d
            join member m on m.workspace_id = d.workspace_id and m.person_id = d.recipient
            join person p on p.id = d.recipient
            where d.id = @id and p.email is not null
            """, new { id });
        if (letter is not null && await session.FirstAsync<NoticeRow>($"select {NoticeRow.Columns} from {NoticeRow.Source} where n.id = @NoticeId", letter) is { SolvedAt: null } notice)
        {
            await letters.AddAsync(session, LetterTo(letter, notice), id);
            await session.RunAsync("update notice_delivery set done_at = @now, next_step_at = null where id = @id", new { id, now });
        }
        else
        {
            // The member has left or has no address any more.
            await session.RunAsync("update notice_delivery set withdrawn_at = @now, next_step_at = null where id = @id", new { id, now });
        }
    }

    private Task StepAsideAsync(Exception failure, string id)
    {
        log.NotWritten(failure, id);
        return database.WriteAsync(session => StepAsideAsync(session, id, failure.GetType().Name));
    }

    private async Task StepAsideAsync(Session session, string id, string problem)
    {
        if (await session.FirstAsync<Tried>("select tries, made_at from notice_delivery where id = @id", new { id }) is not { } before)
            return;
        var next = NoticeRule.WrittenAgainAt(before.Tries + 1, before.MadeAt, clock.GetUtcNow());
        await session.RunAsync("update notice_delivery set tries = tries + 1, problem = @problem, next_step_at = cast(@next as bigint) where id = @id and next_step_at is not null", new { id, problem, next });
    }

    private Letter LetterTo(ToWrite letter, NoticeRow notice)
    {
        var texts = new Texts(table, http);
        var isSecond = notice.EscalatedAt is { } since && letter.MadeAt >= since;
        return NoticeWords.AsLetter(texts, letter.Email, notice, app.At, isSecond);
    }

    private sealed record ToWrite
    {
        public string NoticeId { get; init; } = "";
        public DateTimeOffset MadeAt { get; init; }
        public string Email { get; init; } = "";
    }

    private sealed record Tried
    {
        public long Tries { get; init; }
        public DateTimeOffset MadeAt { get; init; }
    }
}
