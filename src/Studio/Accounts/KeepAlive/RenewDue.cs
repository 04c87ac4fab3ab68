using Holdfast.Storage.Work;
using Microsoft.Extensions.Options;

namespace Holdfast.Studio.Accounts.KeepAlive;

/// <summary>Renews connections before their tokens end, for years.</summary>
/// <remarks>Its claims outlive a power cut: the renewal that the dead process sent may be under way, and two at once can cost an account its tokens.</remarks>
internal sealed class RenewDue(RenewConnection renewals, IOptions<KeepAliveOptions> options) : IDueWork
{
    public string Topic => ConnectionStore.RenewTopic;

    public int Concurrency => options.Value.Concurrency;

    public async Task<bool> RunDueAsync(CancellationToken stopping)
    {
        if (await renewals.ClaimDueAsync(stopping) is not { } claim)
            return false;
        await renewals.RunAsync(claim);
        return true;
    }
}
