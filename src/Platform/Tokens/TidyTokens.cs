using Holdfast.Storage;
using Holdfast.Storage.Work;

namespace Holdfast.Platform.Tokens;

/// <summary>Clears away, once an hour and a few at a time, what can neither open nor prove anything any more.</summary>
internal sealed class TidyTokens(Database database, TimeProvider clock) : IDueWork
{
    private const int AtOnce = 500;

    // Spent codes and replaced refresh tokens stay a while: a replay of them is a sign of theft, and only their row can tell.
    private static readonly (string Table, string Key, string IsOver)[] Sweeps =
    [
        ("authorization_request", "id", "expires_at < @yesterday"),
        ("qr_request", "id", "expires_at < @yesterday"),
        ("authorization_code", "digest", "expires_at < @lastWeek"),
        ("client_token", "digest", "expires_at < @yesterday"),
        ("token_pair", "access_digest", "refresh_expires_at < @yesterday and access_expires_at < @yesterday"),
        ("token_pair", "access_digest", "superseded_at < @lastMonth and access_expires_at < @yesterday"),
        ("token_pair", "access_digest", "refresh_digest is null and created_at < @lastMonth and access_expires_at < @yesterday"),
        ("token_family", "id", "created_at < @lastMonth and not exists (select 1 from token_pair where token_pair.family_id = token_family.id)"),
    ];

    private readonly HourlySweep pace = new(clock);

    public string Topic => "platform-tidy";

    public Task<bool> RunDueAsync(CancellationToken stopping) => pace.RunAsync(async now =>
    {
        var cleared = 0;
        foreach (var (table, key, isOver) in Sweeps)
        {
            cleared += await database.WriteAsync(session => session.RunAsync(
                $"delete from {table} where {key} in (select {key} from {table} where {isOver} limit @most)",
                new { yesterday = now.AddDays(-1), lastWeek = now.AddDays(-7), lastMonth = now.AddDays(-30), most = AtOnce }), stopping);
        }
        return cleared;
    });
}
