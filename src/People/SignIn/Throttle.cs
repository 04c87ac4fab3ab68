using System.Security.Cryptography;
using System.Text;
using Holdfast.Storage;

namespace Holdfast.People.SignIn;

/// <summary>Counts failed sign-ins per account, per address and altogether (attack case 81).</summary>
internal sealed class Throttle(Database database, TimeProvider clock)
{
    /// <summary>How long this try has to wait; zero when it may go on.</summary>
    public async Task<TimeSpan> WaitAsync(string account, string address, CancellationToken aborted)
    {
        var now = clock.GetUtcNow();
        var waits = await database.ReadAsync(async session =>
        {
            var found = new List<TimeSpan>();
            foreach (var (kind, subject) in Subjects(account, address))
            {
                var row = await session.FirstAsync<Row>("select failures, last_at from sign_in_failure where subject = @subject and last_at > @since", new { subject, since = now - ThrottleRule.Memory });
                if (row is not null)
                    found.Add(row.LastAt + ThrottleRule.WaitAfter(kind, row.Failures) - now);
            }
            return found;
        }, aborted);
        return waits.Append(TimeSpan.Zero).Max();
    }

    public Task FailedAsync(string account, string address, CancellationToken aborted) => database.WriteAsync(async session =>
    {
        foreach (var (_, subject) in Subjects(account, address))
        {
            await session.RunAsync("""
                insert into sign_in_failure (subject, failures, last_at) values (@subject, 1, @now)
                on conflict (subject) do update set
                  failures = case when sign_in_failure.last_at > @since then sign_in_failure.failures + 1 else 1 end,
                  last_at = @now
                """, new { subject, now = clock.GetUtcNow(), since = clock.GetUtcNow() - ThrottleRule.Memory });
        }
    }, aborted);

    /// <summary>The right password forgives the account, not the address it came from.</summary>
    public Task SucceededAsync(string account, CancellationToken aborted) =>
        database.WriteAsync(session => session.RunAsync("delete from sign_in_failure where subject = @subject", new { subject = Subject(SubjectKind.Account, account) }), aborted);

    private static (SubjectKind Kind, string Subject)[] Subjects(string account, string address) =>
        [(SubjectKind.Account, Subject(SubjectKind.Account, account)), (SubjectKind.Address, Subject(SubjectKind.Address, address)), (SubjectKind.Everybody, Subject(SubjectKind.Everybody, ""))];

    // What people type into a user name field is sometimes their password: keep a digest.
    private static string Subject(SubjectKind kind, string value) =>
        $"{kind}:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(value)))[..32]}";

    private sealed record Row
    {
        public long Failures { get; init; }
        public DateTimeOffset LastAt { get; init; }
    }
}
