using System.Diagnostics;
using System.Globalization;
using Holdfast.Benchmarks.Platform.Tokens;
using Holdfast.Benchmarks.Studio.Renewals;

// Usage: bench/tokens [--quick] [--ours]   the Platform beside node oidc-provider; a table on stdout
//        bench/renewals [--quick]          what a renewal costs Studio with so many connections in the table, on both engines
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (args.Contains("--renewals"))
{
    Console.WriteLine(await RenewalTable.RunAsync(args.Contains("--quick") ? [10_000] : [10_000, 100_000, 1_000_000], Environment.GetEnvironmentVariable("HOLDFAST_BENCH_POSTGRES")));
    return;
}
var root = Path.GetFullPath(args.FirstOrDefault(argument => !argument.StartsWith("--", StringComparison.Ordinal)) ?? ".");
var quick = args.Contains("--quick");
var settings = new TokenRunSettings(Connections: 32, Families: 64, TimeSpan.FromSeconds(quick ? 2 : 25), TimeSpan.FromSeconds(quick ? 3 : 12));

// The server has core 0 to itself, the load core 1.
if (OperatingSystem.IsLinux())
    Process.GetCurrentProcess().ProcessorAffinity = 2;

var program = Path.Combine(root, "artifacts/bin/Cli/release/holdfast");
var peer = Path.Combine(root, "bench/peers/oidc-provider/server.mjs");
var reports = new List<TokenReport> { await new TokenRun(new PlatformCandidate(program, 17_591), settings).RunAsync() };
if (!args.Contains("--ours"))
{
    reports.Add(await new TokenRun(new OidcProviderCandidate(peer, 17_592, memory: false), settings).RunAsync());
    reports.Add(await new TokenRun(new OidcProviderCandidate(peer, 17_593, memory: true), settings).RunAsync());
}
Console.WriteLine(TokenTable.Of(reports, settings));
