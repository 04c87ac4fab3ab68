using Holdfast.Storage.Work;
using Microsoft.Extensions.Options;

namespace Holdfast.Studio.Accounts.KeepAlive;

/// <summary>Renews connections before their tokens end, for years.</summary>
/// <remarks>Its claims outlive a power cut: the renewal that the dead process sent may be under way, and two at once can cost an account its tokens.</remarks>
internal sealed class RenewDue(RenewConnection renewals, IOptions<KeepAliveOptions> options) : IDueWork
{
    public string Topic => ConnectionStore.RenewTopic;

    public int Concurrency => options.Value.Concurrency;

    // A clock that was wrong when the dead process started must not make its claims last for hours.
    public string Free => "update connection set lease_until = @soon where lease_until > @soon; update breaker set paced_until = 0, probe_until = 0";

    public async Task<bool> RunDueAsync(CancellationToken stopping)
    {
        if (await renewals.ClaimDueAsync(stopping) is not { } claim)
            return false;
        await renewals.RunAsync(claim);
        return true;
    }
}
