using System.Security.Cryptography;
using System.Text;
using Holdfast.People.Sessions;
using Holdfast.Storage;

namespace Holdfast.People.SignIn;

/// <summary>Counts sign-ins per name of an account, per address and altogether (attack case 81). A try is counted as failed before its password is looked at, and given back when it was right: parallel guesses cannot outrun the count.</summary>
internal sealed class Throttle(Database database, TimeProvider clock)
{
    private const string NamesOf = "select user_name from person where id = @account union all select email from person where id = @account and email is not null order by 1";

    /// <summary>Counts a try, or says how long it has to wait; a try that waits is not counted.</summary>
    /// <param name="account">The account, or what was typed where there is none.</param>
    /// <param name="name">The user name or e-mail that is counted, whether or not it is an account's.</param>
    public async Task<Reservation> ReserveAsync(Session session, string account, string name, string address)
    {
        var now = clock.GetUtcNow();
        var (accountRow, nameRow, addressRow) = (Subject(SubjectKind.Account, account), Subject(SubjectKind.Account, name), Subject(SubjectKind.Address, Network.Of(address)));
        var isFamiliar = await session.FirstAsync<long>("select count(*) from familiar_address where account = @accountRow and address = @addressRow and last_at > @since",
            new { accountRow, addressRow, since = now - ThrottleRule.FamiliarFor }) > 0;
        (SubjectKind Kind, string Subject)[] subjects = isFamiliar
            ? [(SubjectKind.Familiar, Subject(SubjectKind.Familiar, nameRow + addressRow)), (SubjectKind.Address, addressRow)]
            : [(SubjectKind.Account, nameRow), (SubjectKind.Address, addressRow), (SubjectKind.Everybody, Subject(SubjectKind.Everybody, ""))];

        var counted = new List<(SubjectKind Kind, string Subject, long Failures, DateTimeOffset LastAt)>();
        foreach (var (kind, subject) in subjects)
        {
            // One statement makes or finds the row, locks and reads it: two tries at once are counted one after the other, and nobody can take it away in between.
            var row = await session.FirstAsync<Row>("""
                insert into sign_in_failure (subject, failures, last_at) values (@subject, 0, @now)
                on conflict (subject) do update set last_at = sign_in_failure.last_at returning failures, last_at
                """, new { subject, now });
            counted.Add((kind, subject, ThrottleRule.Remembered(kind, row!.Failures, now - row.LastAt), row.LastAt)); // the statement always returns one
        }

        var underPressure = counted.Exists(one => one.Kind is SubjectKind.Everybody && one.Failures >= ThrottleRule.Pressure);
        var wait = counted.Max(one => one.Failures == 0 ? TimeSpan.Zero : one.LastAt + ThrottleRule.WaitAfter(one.Kind, one.Failures, underPressure) - now);
        if (wait > TimeSpan.Zero)
            return new(wait, []);
        foreach (var one in counted)
            await session.RunAsync("update sign_in_failure set failures = @failures, last_at = @now where subject = @Subject", new { one.Subject, failures = one.Failures + 1, now });
        return new(TimeSpan.Zero, [.. subjects.Select(one => one.Subject)]);
    }

    /// <summary>The try was right: it does not count, the account starts afresh, and this address is one it knows.</summary>
    public Task GiveBackAsync(Reservation reservation, string account, string address, CancellationToken aborted) => database.WriteAsync(async session =>
    {
        // The account's rows before the address's and everybody's, as they are reserved: two of these never wait for each other.
        await WelcomeAsync(session, account, address);
        foreach (var subject in reservation.Subjects)
            await session.RunAsync("update sign_in_failure set failures = failures - 1 where subject = @subject and failures > 0", new { subject });
    }, aborted);

    /// <summary>How long the next try from this address would have to wait, at best: as an address that the account knows. Counts nothing.</summary>
    public Task<TimeSpan> WaitAsync(string? account, string address, CancellationToken aborted) => database.ReadAsync(async session =>
    {
        var addressRow = Subject(SubjectKind.Address, Network.Of(address));
        List<(SubjectKind Kind, string Subject)> subjects = [(SubjectKind.Address, addressRow)];
        foreach (var name in await session.ListAsync<string>(NamesOf, new { account = account ?? "" }))
            subjects.Add((SubjectKind.Familiar, Subject(SubjectKind.Familiar, Subject(SubjectKind.Account, name) + addressRow)));
        var (now, longest) = (clock.GetUtcNow(), TimeSpan.Zero);
        foreach (var (kind, subject) in subjects)
        {
            if (await session.FirstAsync<Row>("select failures, last_at from sign_in_failure where subject = @subject", new { subject }) is not { } row)
                continue;
            var wait = row.LastAt + ThrottleRule.WaitAfter(kind, ThrottleRule.Remembered(kind, row.Failures, now - row.LastAt), underPressure: false) - now;
            longest = wait > longest ? wait : longest;
        }
        return longest;
    }, aborted);

    /// <summary>Writes without changing anything: what is written down about a failure costs the same commit when there is nobody to write it for.</summary>
    public static Task TouchAsync(Session session, Reservation reservation) =>
        session.RunAsync("update sign_in_failure set last_at = last_at where subject = @subject", new { subject = reservation.Subjects[^1] });

    /// <summary>The account has proven itself at this address: all its names start afresh, and from here it does not wait for strangers.</summary>
    public async Task WelcomeAsync(Session session, string account, string address)
    {
        var (accountRow, addressRow) = (Subject(SubjectKind.Account, account), Subject(SubjectKind.Address, Network.Of(address)));
        foreach (var name in await session.ListAsync<string>(NamesOf, new { account }))
        {
            var nameRow = Subject(SubjectKind.Account, name);
            await session.RunAsync("delete from sign_in_failure where subject = @nameRow or subject = @familiar", new { nameRow, familiar = Subject(SubjectKind.Familiar, nameRow + addressRow) });
        }
        await session.RunAsync("insert into familiar_address (account, address, last_at) values (@accountRow, @addressRow, @now) on conflict (account, address) do update set last_at = @now", new { accountRow, addressRow, now = clock.GetUtcNow() });
    }

    // What people type into a user name field is sometimes their password: keep a digest.
    private static string Subject(SubjectKind kind, string value) =>
        $"{kind}:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(value)))[..32]}";

    private sealed record Row
    {
        public long Failures { get; init; }
        public DateTimeOffset LastAt { get; init; }
    }
}

/// <summary>A counted try, or the wait before one.</summary>
internal sealed record Reservation(TimeSpan Wait, IReadOnlyList<string> Subjects);
