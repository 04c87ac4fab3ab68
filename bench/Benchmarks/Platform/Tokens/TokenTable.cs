using System.Globalization;
using System.Text;

namespace Holdfast.Benchmarks.Platform.Tokens;

/// <summary>The reports as one Markdown table, ours first.</summary>
internal static class TokenTable
{
    public static string Of(IReadOnlyList<TokenReport> reports, TokenRunSettings settings)
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"{settings.Connections} connections, {settings.Families} families, {settings.WarmUp.TotalSeconds} s of warm-up and {settings.Measured.TotalSeconds} s measured each; server on one core, load on the other.");
        text.AppendLine();
        text.AppendLine("| | " + string.Join(" | ", reports.Select(report => report.Name)) + " |");
        text.AppendLine("| --- |" + string.Concat(reports.Select(_ => " ---: |")));
        Row("Exchange flows per second", report => $"{report.Exchanges.PerSecond:N0}");
        Row("… p50 / p99 ms", report => $"{report.Exchanges.P50:N2} / {report.Exchanges.P99:N2}");
        Row("… server CPU ms a flow", report => $"{report.Exchanges.CpuPerUnit:N3}");
        Row("… load core busy", report => $"{report.Exchanges.LoadBusy:P0}");
        Row("Renewals per second", report => $"{report.Renewals.PerSecond:N0}");
        Row("… p50 / p99 ms", report => $"{report.Renewals.P50:N2} / {report.Renewals.P99:N2}");
        Row("… server CPU ms a renewal", report => $"{report.Renewals.CpuPerUnit:N3}");
        Row("… load core busy", report => $"{report.Renewals.LoadBusy:P0}");
        Row("Start until ready, s", report => $"{report.Start.TotalSeconds:N2}");
        Row("Memory after start / peak, MB", report => $"{report.IdleMegabytes} / {report.PeakMegabytes}");
        if (reports.Count > 1)
        {
            text.AppendLine();
            text.AppendLine(CultureInfo.InvariantCulture, $"Against the faster of the others: exchange flows {Times(report => report.Exchanges.PerSecond):N1} ×, renewals {Times(report => report.Renewals.PerSecond):N1} ×.");
        }
        return text.ToString();

        void Row(string name, Func<TokenReport, FormattableString> value) =>
            text.AppendLine($"| {name} | " + string.Join(" | ", reports.Select(report => value(report).ToString(CultureInfo.InvariantCulture))) + " |");

        double Times(Func<TokenReport, double> of) => of(reports[0]) / reports.Skip(1).Max(of);
    }
}
