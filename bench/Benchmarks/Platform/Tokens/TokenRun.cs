using System.Collections.Concurrent;
using System.Diagnostics;

namespace Holdfast.Benchmarks.Platform.Tokens;

/// <summary>Measures one candidate: its start, exchange flows (a remembered authorization request, its code, its exchange) and renewals.</summary>
internal sealed class TokenRun(Candidate candidate, TokenRunSettings settings)
{
    public async Task<TokenReport> RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("holdfast-bench").FullName;
        try
        {
            var started = await candidate.StartAsync(folder);
            var idle = candidate.Memory.Now;
            await candidate.SignInAsync();
            var exchanges = await LoadAsync(FlowAsync);
            var tokens = new ConcurrentQueue<string>();
            using (var wire = new Wire(candidate.Port))
            {
                for (var at = 0; at < settings.Families; at++)
                    tokens.Enqueue((await FlowAsync(wire)).Member("refresh_token"));
            }
            var renewals = await LoadAsync(async wire =>
            {
                if (!tokens.TryDequeue(out var token))
                    throw new InvalidOperationException("More connections than families.");
                var answer = await wire.SendAsync(candidate.Renew(token));
                tokens.Enqueue(answer.Member("refresh_token"));
                return answer;
            });
            return new TokenReport(candidate.Name, started, idle, candidate.Memory.Peak, exchanges, renewals);
        }
        finally
        {
            candidate.Dispose();
            Directory.Delete(folder, recursive: true);
        }
    }

    private async Task<WireAnswer> FlowAsync(Wire wire)
    {
        var redirect = await wire.SendAsync(candidate.Authorize);
        var location = redirect.Header("Location") ?? throw new InvalidOperationException($"No redirect: {redirect.Status} {redirect.Head}");
        var from = location.IndexOf("code=", StringComparison.Ordinal) + 5;
        var code = Uri.UnescapeDataString(location[from..].Split('&')[0]);
        var answer = await wire.SendAsync(candidate.Exchange(code));
        return answer.Status == 200 ? answer : throw new InvalidOperationException($"No tokens: {answer.Status} {answer.Body}");
    }

    private async Task<LoadReport> LoadAsync(Func<Wire, Task<WireAnswer>> unit)
    {
        await TurnAsync(unit, settings.WarmUp);
        var (cpu, own, begun) = (candidate.Cpu, Environment.CpuUsage.TotalTime, Stopwatch.GetTimestamp());
        var spans = await TurnAsync(unit, settings.Measured);
        var took = Stopwatch.GetElapsedTime(begun);
        spans.Sort();
        return new LoadReport(
            spans.Count / took.TotalSeconds, At(spans, 0.50), At(spans, 0.99), (candidate.Cpu - cpu).TotalMilliseconds / spans.Count,
            (Environment.CpuUsage.TotalTime - own).TotalMilliseconds / took.TotalMilliseconds);
    }

    private async Task<List<double>> TurnAsync(Func<Wire, Task<WireAnswer>> unit, TimeSpan span)
    {
        var all = await Task.WhenAll(Enumerable.Range(0, settings.Connections).Select(async _ =>
        {
            using var wire = new Wire(candidate.Port);
            var spans = new List<double>();
            var begun = Stopwatch.GetTimestamp();
            while (Stopwatch.GetElapsedTime(begun) < span)
            {
                var one = Stopwatch.GetTimestamp();
                await unit(wire);
                spans.Add(Stopwatch.GetElapsedTime(one).TotalMilliseconds);
            }
            return spans;
        }));
        return [.. all.SelectMany(spans => spans)];
    }

    private static double At(List<double> sorted, double part) => sorted[(int)(part * (sorted.Count - 1))];
}

/// <param name="Connections">Kept-alive connections that ask one after the other.</param>
/// <param name="Families">Sign-ins whose refresh tokens are renewed in turn; few enough for the peer's memory store, which holds a thousand entries.</param>
internal sealed record TokenRunSettings(int Connections, int Families, TimeSpan WarmUp, TimeSpan Measured);

/// <param name="PerSecond">Finished units.</param>
/// <param name="P50">Milliseconds from asking to the whole answer.</param>
/// <param name="CpuPerUnit">Milliseconds of the server's user and system time.</param>
/// <param name="LoadBusy">How busy the load's own core was; near 1 the load, not the server, is measured.</param>
internal sealed record LoadReport(double PerSecond, double P50, double P99, double CpuPerUnit, double LoadBusy);

/// <param name="IdleMegabytes">Resident after the start.</param>
/// <param name="PeakMegabytes">Resident at most.</param>
internal sealed record TokenReport(string Name, TimeSpan Start, long IdleMegabytes, long PeakMegabytes, LoadReport Exchanges, LoadReport Renewals);
