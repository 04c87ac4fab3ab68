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

    private const string Insert = """
        insert into letter (id, recipient, subject, body, sealed_body, made_at, good_until, next_step_at)
        select @id, @To, @Subject, cast(@body as text), @sealedBody, @now, @goodUntil, cast(@next as bigint)
        from (select 1 as one) once where @really
        """;

    public Delivery Delivery => mail.Value.IsConfigured ? Delivery.Smtp : app.IsLoopback ? Delivery.Outbox : Delivery.None;

    /// <param name="really"><c>false</c> does the same work and keeps nothing: so that time does not tell whether there is anybody to write to.</param>
    public async Task AddAsync(Session session, Letter letter, bool really = true)
    {
        var (id, now, delivery) = (ulids.Next(), clock.GetUtcNow(), Delivery);
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
