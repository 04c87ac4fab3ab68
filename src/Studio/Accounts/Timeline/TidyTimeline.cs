using Holdfast.Storage.Work;

namespace Holdfast.Studio.Accounts.Timeline;

/// <summary>Forgets good renewals after a while: an account has some eighteen a day, and they stop telling anything. Refusals, delays and people's deeds stay.</summary>
internal sealed class TidyTimeline(TimelineStore timeline, IConfiguration configuration, TimeProvider clock) : IDueWork
{
    private const int AtOnce = 500;

    /// <summary>Half of a refresh token's life: enough to see a whole pattern of renewals before a disconnect.</summary>
    private static readonly TimeSpan KeptFor = TimeSpan.FromDays(90);

    private readonly HourlySweep pace = new(clock);

    public string Topic => "timeline-tidy";

    public Task<bool> RunDueAsync(CancellationToken stopping) => pace.RunAsync(now => timeline.ForgetRenewalsAsync(now - Kept, AtOnce, stopping));

    private TimeSpan Kept => configuration.GetValue<int?>("Accounts:KeepRenewalsForDays") is > 0 and { } days ? TimeSpan.FromDays(days) : KeptFor;
}
