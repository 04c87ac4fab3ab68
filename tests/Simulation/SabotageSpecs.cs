using System.Net;
using Holdfast.Simulation.Stage;

namespace Holdfast.Simulation;

/// <summary>Each of these breaks one guard on purpose. A month that still looks well would mean that nobody watches that promise.</summary>
public sealed class SabotageSpecs
{
    private static readonly WorldSettings Small = Months.Forgiving(31) with { Days = 8, Accounts = 6, CrashRate = 0.001, Outages = [] };

    [Fact]
    public void Reading_a_passing_error_as_a_refusal_is_caught()
    {
        var broken = Broken(Small, month => month.World.Tamper = answer => answer.StatusCode is HttpStatusCode.ServiceUnavailable
            ? new HttpResponseMessage(HttpStatusCode.BadRequest) { Content = new StringContent("""{"error":"invalid_grant","error_description":"","log_id":"x"}""", null, "application/json") }
            : answer);

        Assert.Contains(broken, what => what.Contains("without a removal", StringComparison.Ordinal));
    }

    [Fact]
    public void Saving_the_new_pair_late_is_caught()
    {
        // Strict rotation, and the pair of every third renewal is thrown away as a program that dies before saving it would.
        var renewals = 0;
        var broken = Broken(Small with { CrashRate = 0, Dialect = Dialect.Default, Pairs = LostPairs.Spared }, month => month.World.Tamper = answer =>
            answer.RequestMessage is { RequestUri.AbsolutePath: "/v2/oauth/token/" } && ++renewals % 3 == 0
                ? new HttpResponseMessage(HttpStatusCode.BadGateway)
                : answer);

        Assert.Contains(broken, what => what.Contains("ends, ", StringComparison.Ordinal));
    }

    [Fact]
    public void Starting_over_after_an_unknown_result_is_caught()
    {
        // What was sent and not yet confirmed is forgotten, so the next step is a second init.
        var broken = Broken(Small with { FaultRate = 0.15 }, month => month.World.Pump.EveryTick = () => month.World.StudioData.Rows.WriteAsync(session => session.RunAsync("""
            update post set state = 'Scheduled', init_sent_at = null, initialised_at = null, publish_id = null, upload_url = null, bytes_sent = 0, received_at = null, next_step_at = due_at, fence = fence + 1
            where state in ('Unconfirmed', 'Processing') and lease_until < updated_at + 120000
            """)));

        Assert.Contains(broken, what => what.Contains("went out", StringComparison.Ordinal));
    }

    [Fact]
    public void Renewing_without_a_claim_is_caught()
    {
        var broken = Broken(Small with { FaultRate = 0.3 }, month => month.World.Pump.EveryTick = () => month.World.StudioData.Rows.WriteAsync(session => session.RunAsync(
            "update connection set lease_until = 0, renew_at = case when lease_until > 0 then 1 else renew_at end where refresh_token is not null")));

        Assert.Contains(broken, what => what.Contains("two renewals in flight", StringComparison.Ordinal));
    }

    private static IReadOnlyList<string> Broken(WorldSettings settings, Action<Month> sabotage)
    {
        using var month = new Month(settings, sabotage);
        return month.Run().Broken;
    }
}
