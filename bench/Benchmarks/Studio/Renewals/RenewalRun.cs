using System.Diagnostics;
using System.Globalization;
using Holdfast.Shell.Hosting;
using Holdfast.Storage;
using Holdfast.Studio;
using Holdfast.Studio.Accounts;
using Holdfast.Studio.Accounts.KeepAlive;
using Holdfast.Studio.Accounts.Tokens;
using Holdfast.TikTok;

namespace Holdfast.Benchmarks.Studio.Renewals;

/// <summary>The real Studio, not started, over one table of connections: its renewals are called one by one.</summary>
internal sealed class RenewalRun : IAsyncDisposable
{
    private const string Insert = """
        insert into connection (id, workspace_id, open_id, state, state_since, display_name, is_verified, scopes, access_token, refresh_token, granted_at, access_ends_at, refresh_ends_at,
          renew_at, lease_until, fence, failures, check_at, check_lease_until, check_failures, connected_by, connected_at, created_at)
        values (@Id, @Workspace, @Account, 'live', @Now, 'somebody', false, 'user.info.basic,video.publish', @Access, @Refresh, @Granted, @Ends, @RefreshEnds, @RenewAt, 0, 1, 0, @CheckAt, 0, 0, 'owner', @Now, @Now)
        """;

    // The many that are not due: nobody opens their tokens.
    private const string InsertMany = """
        insert into connection (id, workspace_id, open_id, state, state_since, display_name, is_verified, scopes, access_token, refresh_token, granted_at, access_ends_at, refresh_ends_at,
          renew_at, lease_until, fence, failures, check_at, check_lease_until, check_failures, connected_by, connected_at, created_at)
        with recursive many(i) as (select cast(@from as bigint) union all select i + 1 from many where i + 1 < @to)
        select '02bench' || cast(1000000000000000 + i as text), @workspace, 'many' || cast(i as text), 'live', @now, 'somebody', false, 'user.info.basic,video.publish', @access, @refresh, @granted, @ends, @refreshEnds,
          cast(@now as bigint) + 600000 + (i * 7919) % 7200000, 0, 1, 0, cast(@now as bigint) + (i * 104729) % 7200000, 0, 0, 'owner', @now, @now
        from many
        """;

    private readonly string folder = Directory.CreateTempSubdirectory("holdfast-renewals").FullName;
    private readonly AnsweringTikTok tiktok = new();
    private readonly WebApplication app;

    public RenewalRun(string? postgres, int renewalsPerMinute = 60_000)
    {
        Name = "renewals" + Convert.ToHexStringLower(new SystemSecrets().Bytes(4));
        app = StudioApp.Build(new AppOptions { Url = new Uri("http://localhost:7400"), Data = folder }, TimeProvider.System, builder =>
        {
            builder.Configuration["TikTok:ClientKey"] = "benchclientkey";
            builder.Configuration["TikTok:ClientSecret"] = "benchclientsecret";
            builder.Configuration["KeepAlive:RenewalsPerMinute"] = renewalsPerMinute.ToString(CultureInfo.InvariantCulture);
            builder.Logging.ClearProviders();
            builder.Services.AddSingleton(new TikTokWire(tiktok)).AddSingleton(_ => Databases.Open(Name, folder, postgres, TimeProvider.System));
        });
    }

    public string Name { get; }

    public Database Data => app.Services.GetRequiredService<Database>();

    public long Calls => tiktok.Calls;

    /// <summary>So many connections, some of them due now and the others in the next two hours, as they are in a year's third week.</summary>
    public async Task FillAsync(int connections, int due)
    {
        await app.MigrateAsync();
        var (tokens, now, workspace, dice) = (app.Services.GetRequiredService<TokenPair>(), TimeProvider.System.GetUtcNow(), "01bench00000000000000000000", new Random(7));
        await Data.WriteAsync(session => session.RunAsync("insert into workspace (id, name, zone, late_minutes, created_at) values (@workspace, 'bench', 'Europe/Berlin', 60, @now)", new { workspace, now }));
        for (var from = 0; from < due; from += 10_000)
        {
            var part = Enumerable.Range(from, Math.Min(10_000, due - from)).Select(i =>
            {
                var id = string.Create(CultureInfo.InvariantCulture, $"01bench{i:d19}");
                return new
                {
                    Id = id,
                    Workspace = workspace,
                    Account = string.Create(CultureInfo.InvariantCulture, $"acct{i:d12}"),
                    Now = now,
                    Access = new byte[120],
                    Refresh = tokens.CloseRefresh(new RefreshToken(string.Create(CultureInfo.InvariantCulture, $"rft.acct{i:d12}.{i:x32}")), id),
                    Granted = now.AddMinutes(-80),
                    Ends = now.AddMinutes(40),
                    RefreshEnds = now.AddDays(179),
                    RenewAt = now.AddSeconds(-dice.Next(600)),
                    CheckAt = now.AddSeconds(dice.Next(7_200)),
                };
            }).ToList();
            await Data.WriteAsync(async session =>
            {
                foreach (var row in part)
                    await session.RunAsync(Insert, row);
            });
        }
        for (var from = due; from < connections; from += 50_000)
        {
            var others = new { from, to = Math.Min(from + 50_000, connections), workspace, now, access = new byte[120], refresh = new byte[110], granted = now.AddMinutes(-80), ends = now.AddMinutes(40), refreshEnds = now.AddDays(179) };
            await Data.WriteAsync(session => session.RunAsync(InsertMany, others));
        }
        if (Data.Engine is Engine.PostgreSql)
            await Data.WriteAsync(session => session.RunAsync("analyze connection"));
    }

    /// <summary>Renews so many of the due ones, one after the other.</summary>
    public async Task<Cost> RenewAsync(int count)
    {
        var work = app.Services.GetRequiredService<RenewDue>();
        var statements = 0L;
        using var listener = new ActivityListener { ShouldListenTo = source => source.Name == "Npgsql", Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData, ActivityStopped = _ => Interlocked.Increment(ref statements) };
        ActivitySource.AddActivityListener(listener);
        var (began, cpu, done) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime, 0);
        while (done < count && await work.RunDueAsync(CancellationToken.None))
            done++;
        return new Cost(done, Stopwatch.GetElapsedTime(began) / Math.Max(1, done), (Environment.CpuUsage.TotalTime - cpu) / Math.Max(1, done), (double)statements / Math.Max(1, done));
    }

    /// <summary>What a look costs that finds nothing due.</summary>
    public async Task<Cost> LookAsync(int count)
    {
        await Data.WriteAsync(session => session.RunAsync("update connection set renew_at = @later where renew_at <= @now", new { now = TimeProvider.System.GetUtcNow().AddMinutes(10), later = TimeProvider.System.GetUtcNow().AddHours(1) }));
        var work = app.Services.GetRequiredService<RenewDue>();
        var (began, cpu) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
        for (var i = 0; i < count; i++)
            await work.RunDueAsync(CancellationToken.None);
        return new Cost(count, Stopwatch.GetElapsedTime(began) / count, (Environment.CpuUsage.TotalTime - cpu) / count, 0);
    }

    /// <summary>How the engine finds what is due.</summary>
    public async Task<string> PlanAsync(string sql)
    {
        var facts = new { now = TimeProvider.System.GetUtcNow(), leaseNow = TimeProvider.System.GetUtcNow(), since = TimeProvider.System.GetUtcNow().AddMinutes(-10), id = "01bench0000000000000000001" };
        if (Data.Engine is Engine.Sqlite)
            return string.Join("; ", (await Data.ReadAsync(session => session.ListAsync<Step>("explain query plan " + sql, facts))).Select(step => step.Detail));
        return string.Join("; ", (await Data.ReadAsync(session => session.ListAsync<string>("explain " + sql, facts))).Select(line => line.Trim()));
    }

    private sealed record Step
    {
        public string Detail { get; init; } = "";
    }

    public async ValueTask DisposeAsync()
    {
        if (Data.Engine is Engine.PostgreSql)
            await Data.WriteAsync(session => session.RunAsync($"drop schema {Name} cascade"));
        await app.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    public IEnumerable<Task<bool>> Workers(int count, CancellationToken over) => Enumerable.Range(0, count).Select(async _ =>
    {
        var work = app.Services.GetRequiredService<RenewDue>();
        while (!over.IsCancellationRequested)
        {
            if (!await work.RunDueAsync(CancellationToken.None))
                await Task.Delay(50, CancellationToken.None);
        }
        return true;
    });
}

/// <summary>Of one renewal.</summary>
internal sealed record Cost(int Count, TimeSpan Time, TimeSpan Cpu, double Statements);
