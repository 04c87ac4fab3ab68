using System.Globalization;
using System.Text;

namespace Holdfast.Benchmarks.Studio.Renewals;

/// <summary>Time and statements of one renewal by the number of connections, the plans behind it, and a storm.</summary>
internal static class RenewalTable
{
    private const int Due = 3_000;
    private const int Measured = 2_000;
    private const int Warm = 500;

    private static readonly (string Name, string Sql)[] Plans =
    [
        ("claim", "select id from connection where renew_at <= @now and lease_until <= @leaseNow and refresh_token is not null order by renew_at limit 1"),
        ("others refused", "select count(*) from connection where id <> @id and refused_at > @since"),
        ("others renewed", "select count(*) from connection where id <> @id and renewed_at > @since"),
    ];

    public static async Task<string> RunAsync(IReadOnlyList<int> sizes, string? postgres)
    {
        var (table, plans) = (new StringBuilder("| Engine | Connections | ms a renewal | CPU ms | Statements | ms a look that finds nothing |\n| --- | ---: | ---: | ---: | ---: | ---: |\n"), new StringBuilder());
        foreach (var engine in postgres is null ? [null] : new[] { null, postgres })
        {
            var name = engine is null ? "SQLite" : "PostgreSQL";
            foreach (var size in sizes)
            {
                await using var run = new RenewalRun(engine);
                await run.FillAsync(size, Due);
                await run.RenewAsync(Warm);
                var renewal = await run.RenewAsync(Measured);
                if (size == sizes[^1])
                {
                    foreach (var (what, sql) in Plans)
                        plans.Append(CultureInfo.InvariantCulture, $"- {name}, {size:N0}, {what}: `{await run.PlanAsync(sql)}`\n");
                }
                var look = await run.LookAsync(300);
                table.Append(CultureInfo.InvariantCulture, $"| {name} | {size:N0} | {renewal.Time.TotalMilliseconds:0.00} | {renewal.Cpu.TotalMilliseconds:0.00} | {(renewal.Statements > 0 ? renewal.Statements.ToString("0.0", CultureInfo.InvariantCulture) : "as on PostgreSQL")} | {look.Time.TotalMilliseconds:0.00} |\n");
                await Console.Error.WriteLineAsync($"{name} {size}: {renewal}, {look}");
            }
        }
        return $"{table}\n{plans}\n{await StormAsync(null)}{(postgres is null ? "" : await StormAsync(postgres))}";
    }

    /// <summary>A hundred thousand are due in one moment: how many leave in each ten seconds, and when those are due again.</summary>
    private static async Task<string> StormAsync(string? engine)
    {
        const int Size = 100_000;
        const int PerMinute = 12_000;
        await using var run = new RenewalRun(engine, PerMinute);
        await run.FillAsync(Size, Size);
        var counts = new List<long>();
        using var over = new CancellationTokenSource(TimeSpan.FromSeconds(40));
        var workers = run.Workers(4, over.Token).ToList();
        while (!over.IsCancellationRequested)
        {
            var before = run.Calls;
            await Task.Delay(TimeSpan.FromSeconds(10), CancellationToken.None);
            counts.Add(run.Calls - before);
        }
        await Task.WhenAll(workers);
        var spread = await run.Data.ReadAsync(session => session.ListAsync<long>("select count(*) from connection where renewed_at is not null group by renew_at / 300000 order by 1"));
        return string.Create(CultureInfo.InvariantCulture, $"- Storm, {(engine is null ? "SQLite" : "PostgreSQL")}: {Size:N0} due at once, pace {PerMinute:N0} a minute, 4 workers; renewals in each 10 s: {string.Join(", ", counts)}. The renewed are due again over {spread.Count} spans of five minutes, at most {spread.DefaultIfEmpty().Max():N0} in one.\n");
    }
}
