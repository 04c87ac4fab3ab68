using Holdfast.Domain.Trouble;
using Holdfast.Shell.Language;
using Holdfast.Shell.Sealing;
using Holdfast.Storage;
using Holdfast.Studio.Accounts;
using Holdfast.Studio.Accounts.Tokens;

namespace Holdfast.Studio.Help.Trouble;

/// <summary>What whoever runs Studio may ask about it from a terminal. The app is built for it and never started: nothing is migrated, renewed or written.</summary>
public static class TroubleFromTerminal
{
    /// <summary>Secrets that are read at once; they are opened outside the transaction.</summary>
    private const int Together = 500;

    /// <summary>Looks at everything the four problems may come from, across all workspaces.</summary>
    public static Task<TroubleFacts> TroubleAsync(this WebApplication app, CancellationToken aborted) =>
        app.Services.GetRequiredService<GatherFacts>().RunAsync(null, new Asking(), aborted);

    /// <summary>As in the address of its page: <c>sign-in</c>.</summary>
    public static string Slug(this Problem problem) => TroubleEndpoints.Slug(problem);

    /// <summary>A finding as text for doctor, with instants in UTC.</summary>
    public static (string Title, string Body, string Next) Say(this WebApplication app, Finding finding)
    {
        var words = new TroubleWords(app.Services.GetRequiredService<TextTable>().Find, TroubleWords.Utc, isDoctor: true);
        return (words.Title(finding), words.Body(finding), words.Next(finding));
    }

    public static string Report(Diagnosis diagnosis, TroubleFacts facts) => TroubleReport.Of(diagnosis, facts);

    /// <summary>Tries to open every stored secret of TikTok's: how many there are, and how many do not open and why.</summary>
    public static async Task<StoredSecrets> StoredSecretsAsync(this WebApplication app, CancellationToken aborted)
    {
        var (database, tokens, tiktok) = (app.Services.GetRequiredService<Database>(), app.Services.GetRequiredService<TokenPair>(), app.Services.GetRequiredService<StudioTikTok>());
        var (all, missing, damaged) = (0, 0, 0);
        await TryAsync(async () => await tiktok.StoredAsync(aborted) is not null);
        IReadOnlyList<(string Id, byte[] Bytes)> read = [];
        do
        {
            var after = read is [.., var last] ? last.Id : "";
            read = await database.ReadAsync(session => TokenPair.SealedRefreshesAsync(session, after, Together), aborted);
            foreach (var (id, closed) in read)
            {
                await TryAsync(() =>
                {
                    tokens.OpenRefresh(closed, id);
                    return Task.FromResult(true);
                });
            }
        }
        while (read.Count == Together);
        return new StoredSecrets(all, missing, damaged);

        async Task TryAsync(Func<Task<bool>> open)
        {
            try
            {
                all += await open() ? 1 : 0;
            }
            catch (SealedSecretException closed)
            {
                all++;
                (missing, damaged) = closed.Problem is SealProblem.KeyMissing ? (missing + 1, damaged) : (missing, damaged + 1);
            }
        }
    }

    /// <summary>How connections stand over all workspaces.</summary>
    public static Task<ConnectionsOverview> ConnectionsAsync(this WebApplication app, DateTimeOffset now, CancellationToken aborted) =>
        app.Services.GetRequiredService<Database>().ReadAsync(async session => new ConnectionsOverview(
            [.. (await session.ListAsync<Count>("select state, count(*) as number from connection group by state order by state")).Select(count => (count.State, count.Number))],
            await session.FirstAsync<DateTimeOffset?>("select renew_at from connection where renew_at < @now and lease_until <= @leaseNow order by renew_at limit 1", new { now, leaseNow = await session.LeaseNowAsync() }),
            await session.FirstAsync<long>("select count(*) from connection where renew_at is not null and refresh_ends_at < @soon", new { soon = now + TimeSpan.FromDays(30) })), aborted);

    private sealed record Count
    {
        public string State { get; init; } = "";
        public long Number { get; init; }
    }
}

/// <param name="All">The app's secret and one refresh token for each connection that has one.</param>
/// <param name="KeyMissing">Sealed with a key that is not at hand.</param>
/// <param name="Damaged">Changed, or from another place.</param>
public sealed record StoredSecrets(int All, int KeyMissing, int Damaged);

/// <param name="OldestOverdue">When the most overdue renewal was due; null when none is.</param>
/// <param name="EndingSoon">Renewed, but not beyond the next 30 days.</param>
public sealed record ConnectionsOverview(IReadOnlyList<(string State, long Count)> States, DateTimeOffset? OldestOverdue, long EndingSoon);
