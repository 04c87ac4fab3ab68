using Holdfast.Storage;

namespace Holdfast.Platform.Developers.Audit;

/// <summary>The audit log of apps and organizations: written in the transaction of what it tells, never changed.</summary>
internal sealed class AppAudit(Database database, TimeProvider clock)
{
    // A stranger who knocks all night is one line an hour, and cannot bury the rest.
    private static readonly TimeSpan RefusedEvery = TimeSpan.FromHours(1);

    private const string Insert = """
        insert into app_audit (chain, number, kind, actor_id, subject_id, detail, at, previous_hash, hash)
        values (@Chain, @Number, @Kind, @ActorId, @SubjectId, @Detail, @At, @PreviousHash, @Hash)
        """;

    private const string Select = """
        select app_audit.*, actor.user_name as actor_name, subject.user_name as subject_name
        from app_audit left join person actor on actor.id = app_audit.actor_id left join person subject on subject.id = app_audit.subject_id
        where app_audit.chain = @chain
        """;

    /// <param name="chain">The app's or the organization's id.</param>
    /// <param name="actorId"><c>null</c> where the Platform acts by itself.</param>
    public async Task AddAsync(Session session, string chain, AuditKind kind, string? actorId, string? subjectId = null, string detail = "")
    {
        await session.OneAtATimeAsync($"audit:{chain}");
        var last = await session.FirstAsync<AuditEntry>("select number, hash from app_audit where chain = @chain order by number desc limit 1", new { chain });
        // To the millisecond, as it is stored: the hash has to be found again.
        var now = DateTimeOffset.FromUnixTimeMilliseconds(clock.GetUtcNow().ToUnixTimeMilliseconds());
        var entry = new AuditEntry { Chain = chain, Number = (last?.Number ?? 0) + 1, Kind = kind.ToString(), ActorId = actorId, SubjectId = subjectId, Detail = detail, At = now, PreviousHash = last?.Hash ?? AuditChain.Start };
        await session.RunAsync(Insert, entry with { Hash = AuditChain.HashOf(entry) });
    }

    /// <summary>Notes that somebody reached for an app that is not theirs (attack case 91); nothing where there is no such app.</summary>
    public Task RefusedAsync(string personId, string appId, CancellationToken aborted) => database.WriteAsync(async session =>
    {
        if (await session.FirstAsync<string>("select coalesce(sandbox_of, id) from app where id = @appId", new { appId }) is not { } chain)
            return;
        await session.OneAtATimeAsync($"audit:{chain}");
        if (await session.FirstAsync<long>("select count(*) from app_audit where chain = @chain and kind = 'AccessRefused' and actor_id = @personId and at > @since",
            new { chain, personId, since = clock.GetUtcNow() - RefusedEvery }) == 0)
        {
            await AddAsync(session, chain, AuditKind.AccessRefused, personId);
        }
    }, aborted);

    /// <summary>The newest entries.</summary>
    public Task<IReadOnlyList<AuditEntry>> NewestAsync(string chain, int atMost, CancellationToken aborted) =>
        database.ReadAsync(session => session.ListAsync<AuditEntry>(Select + " order by app_audit.number desc limit @atMost", new { chain, atMost }), aborted);

    /// <summary>All of them, from the first on.</summary>
    public Task<IReadOnlyList<AuditEntry>> AllAsync(string chain, CancellationToken aborted) =>
        database.ReadAsync(session => session.ListAsync<AuditEntry>(Select + " order by app_audit.number", new { chain }), aborted);
}
