using Holdfast.Shell.Hosting;
using Holdfast.Shell.Sealing;
using Holdfast.Storage;
using Microsoft.Extensions.Options;

namespace Holdfast.People.Letters;

/// <summary>Takes letters, in the transaction in which the reason for them happens.</summary>
public sealed class LetterBox(Database database, Ulids ulids, SecretSeal seal, AppOptions app, IOptions<MailOptions> mail, TimeProvider clock)
{
    /// <summary>The signal that a letter waits for the mail server.</summary>
    internal const string Topic = "letters";

    /// <summary>Letters this old are forgotten.</summary>
    private static readonly TimeSpan KeptFor = TimeSpan.FromDays(30);

    /// <summary>Asks which letters the mail server has not taken: part of a statement. Those of the local outbox have arrived.</summary>
    public const string NotSent = "select id from letter where sent_at is null and body is null";

    private const string Insert = """
        insert into letter (id, recipient, subject, body, sealed_body, made_at, good_until, next_step_at)
        select @id, @To, @Subject, cast(@body as text), @sealedBody, @now, @goodUntil, cast(@next as bigint)
        from (select 1 as one) once where @really
        """;

    public Delivery Delivery => mail.Value.IsConfigured ? Delivery.Smtp : app.IsLoopback ? Delivery.Outbox : Delivery.None;

    /// <param name="really"><c>false</c> does the same work and keeps nothing: so that time does not tell whether there is anybody to write to.</param>
    public Task AddAsync(Session session, Letter letter, bool really = true) => AddAsync(session, letter, ulids.Next(), really);

    /// <param name="id">Becomes the letter's Message-ID: whoever adds the same letter twice names it the same both times.</param>
    public async Task AddAsync(Session session, Letter letter, string id, bool really = true)
    {
        var (now, delivery) = (clock.GetUtcNow(), Delivery);
        await session.RunAsync("delete from letter where made_at < @before", new { before = now - KeptFor });
        if (delivery is Delivery.None)
            return;
        await session.RunAsync(Insert, new
        {
            id,
            letter.To,
            letter.Subject,
            body = delivery is Delivery.Outbox ? letter.Body : null,
            sealedBody = delivery is Delivery.Smtp ? seal.Close(letter.Body, Place(id)) : null,
            now,
            goodUntil = now + letter.GoodFor,
            next = delivery is Delivery.Smtp ? now : (DateTimeOffset?)null,
            really,
        });
        if (delivery is Delivery.Smtp)
            session.Signal(Topic);
    }

    /// <summary>The newest letters of the local outbox, to be read.</summary>
    public Task<IReadOnlyList<KeptLetter>> ListAsync(int atMost, CancellationToken aborted = default) => database.ReadAsync(session => session.ListAsync<KeptLetter>(
        "select id, recipient, subject, body, made_at from letter where body is not null order by made_at desc, id desc limit @atMost", new { atMost }), aborted);

    /// <summary>What the letters say is no longer so: those that have not gone out do not go any more.</summary>
    public static Task WithdrawAsync(Session session, IReadOnlyCollection<string> ids, DateTimeOffset now) => ids.Count == 0 ? Task.CompletedTask : session.RunAsync($"""
        update letter set good_until = @now, next_step_at = case when next_step_at is not null then @now end where sent_at is null and id {session.IsIn("ids")}
        """, new { now, ids = ids.ToArray() });

    /// <summary>Those of the letters that the mail server has not taken.</summary>
    public async Task<IReadOnlyList<UnsentLetter>> NotSentAsync(Session session, IReadOnlyCollection<string> ids) => ids.Count == 0 || Delivery is not Delivery.Smtp ? [] : await session.ListAsync<UnsentLetter>(
        $"select id, problem, next_step_at as next_try_at, made_at from letter where sent_at is null and body is null and id {session.IsIn("ids")}", new { ids = ids.ToArray() });

    internal static SealedPlace Place(string id) => new("letter", "sealed_body", id);
}

/// <summary>A letter in the local outbox.</summary>
public sealed record KeptLetter
{
    public string Id { get; init; } = "";
    public string Recipient { get; init; } = "";
    public string Subject { get; init; } = "";
    public string Body { get; init; } = "";
    public DateTimeOffset MadeAt { get; init; }

    // Records print their members, and letters hold codes.
    public override string ToString() => $"KeptLetter({Id})";
}

/// <summary>A letter on its way.</summary>
public sealed record UnsentLetter
{
    public string Id { get; init; } = "";

    /// <summary>What the mail server said to the latest try, or why it said nothing.</summary>
    public string? Problem { get; init; }

    /// <summary>Null when it is given up.</summary>
    public DateTimeOffset? NextTryAt { get; init; }

    public DateTimeOffset MadeAt { get; init; }
}
