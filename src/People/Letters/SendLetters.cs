using System.Globalization;
using Holdfast.Shell.Sealing;
using Holdfast.Storage;
using Holdfast.Storage.Work;
using Microsoft.Extensions.Options;

namespace Holdfast.People.Letters;

/// <summary>Hands waiting letters to the mail server. A letter may go out twice after a power cut, never not at all: its id is the same both times.</summary>
internal sealed class SendLetters(Database database, IMailCarrier carrier, SecretSeal seal, IOptions<MailOptions> mail, TimeProvider clock, ILogger<SendLetters> log) : IDueWork
{
    /// <summary>Longer than the deadline of one hand-over.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);

    private const string Claim = """
        update letter set lease_until = @lease, fence = fence + 1
        where id = (select id from letter where next_step_at <= @now and (lease_until is null or lease_until <= @leaseNow) order by next_step_at limit 1 {0})
        returning id, recipient, subject, sealed_body, good_until, tries, fence
        """;

    // What was sent, or is of no use any more, holds no text. A letter withdrawn meanwhile is not tried again.
    private const string Settle = """
        update letter set tries = tries + 1, sent_at = cast(@sentAt as bigint), problem = @problem, lease_until = null,
          next_step_at = case when good_until > cast(@next as bigint) then cast(@next as bigint) end,
          sealed_body = case when good_until > cast(@next as bigint) then sealed_body end
        where id = @Id and fence = @Fence
        """;

    public string Topic => LetterBox.Topic;

    public string Free => "update letter set lease_until = null where lease_until is not null";

    public async Task<bool> RunDueAsync(CancellationToken stopping)
    {
        if (!mail.Value.IsConfigured)
            return false;
        var now = clock.GetUtcNow();
        if (await ClaimAsync(now, stopping) is not { } letter)
            return false;

        var outcome = letter.GoodUntil <= now
            ? new SmtpOutcome.Refused("too late")
            : await HandOverAsync(letter);
        var done = clock.GetUtcNow();
        var (sentAt, problem, next) = outcome switch
        {
            SmtpOutcome.Taken => ((DateTimeOffset?)done, (string?)null, (DateTimeOffset?)null),
            SmtpOutcome.Refused(var reason) => (null, reason, null),
            SmtpOutcome.Unknown(var reason) => (null, reason, LetterRule.NextTry(letter.Tries + 1, letter.GoodUntil, done)),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
        await database.WriteAsync(session => session.RunAsync(Settle, new { letter.Id, letter.Fence, sentAt, problem, next }), CancellationToken.None);
        if (problem is not null)
            log.NotTaken(letter.Id, problem, next is not null);
        return true;
    }

    // Whatever is wrong with one letter is noted and counted like any other answer: it would come back with every lease and keep all others waiting.
    private async Task<SmtpOutcome> HandOverAsync(Row letter)
    {
        try
        {
            return await carrier.SendAsync(letter.Id, letter.Recipient, letter.Subject, seal.Open(letter.SealedBody, LetterBox.Place(letter.Id)));
        }
        catch (Exception failure)
        {
            log.NotHandedOver(failure, letter.Id);
            return new SmtpOutcome.Unknown(failure.GetType().Name);
        }
    }

    private Task<Row?> ClaimAsync(DateTimeOffset now, CancellationToken stopping) => database.WriteAsync(async session =>
    {
        var leaseNow = await session.LeaseNowAsync();
        return await session.FirstAsync<Row>(string.Format(CultureInfo.InvariantCulture, Claim, session.SkipLocked), new { now, leaseNow, lease = leaseNow + Lease });
    }, stopping);

    private sealed record Row
    {
        public string Id { get; init; } = "";
        public string Recipient { get; init; } = "";
        public string Subject { get; init; } = "";
        public byte[] SealedBody { get; init; } = [];
        public DateTimeOffset GoodUntil { get; init; }
        public long Tries { get; init; }
        public long Fence { get; init; }
    }
}
