using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Holdfast.TikTok;

/// <summary>One span and one measurement per call. The endpoint's name and the HTTP status, never an address with a query, a token or an account.</summary>
internal static class Telemetry
{
    public const string Name = "Holdfast.TikTok";

    public static readonly ActivitySource Source = new(Name);
    private static readonly Meter Meter = new(Name);
    private static readonly Histogram<double> Duration = Meter.CreateHistogram<double>(
        "holdfast.tiktok.call.duration", "s", "Time of one call to TikTok, body included.");

    public static void Record(Activity? activity, string endpoint, string outcome, string? logId, TimeSpan took)
    {
        activity?.SetTag("tiktok.outcome", outcome);
        activity?.SetTag("tiktok.log_id", logId);
        Duration.Record(took.TotalSeconds, new("endpoint", endpoint), new("outcome", outcome));
    }
}
