namespace Holdfast.Simulation.Stage;

/// <summary>When rows of our apps are next due, for each kind of work that a host would look for every second.</summary>
internal static class DueRows
{
    private const string Uploads = "('Initialised', 'Uploading')";

    public static IReadOnlyDictionary<string, string> Studio { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["connections"] = Of("connection", "renew_at", "lease_until"),
        ["connection-checks"] = Of("connection", "check_at", "check_lease_until"),
        ["connection-endings"] = Of("connection", "ending_at", "0"),
        ["posts"] = Of("post", "next_step_at", "lease_until", $"state not in {Uploads}"),
        ["uploads"] = Of("post", "next_step_at", "lease_until", $"state in {Uploads}"),
        ["posts-ahead"] = Of("post", "precheck_at", "precheck_lease_until"),
        ["notices"] = Of("notice", "next_step_at", "0"),
        ["notice-letters"] = Of("notice_delivery", "next_step_at", "0", "channel = 'email'"),
        ["notice-hooks"] = Of("notice_delivery", "next_step_at", "lease_until", "channel = 'webhook'"),
        ["letters"] = Of("letter", "next_step_at", "coalesce(lease_until, 0)"),
    };

    public static IReadOnlyDictionary<string, string> Platform { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["uploads"] = Of("upload", "next_step_at", "coalesce(lease_until, 0)"),
        ["webhooks"] = Of("webhook_delivery", "next_step_at", "coalesce(lease_until, 0)"),
    };

    private static string Of(string table, string due, string lease, string also = "true") => $"""
        select (select min({lease}) from {table} where {due} <= @now and {also}) as waiting, (select min({due}) from {table} where {due} > @now) as next
        """;
}
