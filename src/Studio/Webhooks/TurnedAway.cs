using System.Net;
using Holdfast.TikTok.Webhooks;

namespace Holdfast.Studio.Webhooks;

/// <summary>Says that webhooks were turned away: at most once a minute for each reason, with how many. Anybody can send such calls, and the log is not theirs to fill.</summary>
internal sealed class TurnedAway(TimeProvider clock, ILogger<TurnedAway> log)
{
    private readonly Pace unsigned = new(clock);
    private readonly Pace stale = new(clock);

    public void Say(SignatureVerdict verdict, IPAddress? address)
    {
        if (verdict is SignatureVerdict.Stale)
        {
            if (stale.Count() is > 0 and var late)
                log.Stale(late, address);
        }
        else if (unsigned.Count() is > 0 and var all)
        {
            log.NotSigned(all, verdict, address);
        }
    }

    private sealed class Pace(TimeProvider clock)
    {
        private static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

        private readonly Lock gate = new();

        /// <summary>When it was last said; null before the first time.</summary>
        private long? saidAt;
        private long unsaid;

        /// <returns>How many there were since it was last said, this one among them; 0 while that is too short ago.</returns>
        public long Count()
        {
            lock (gate)
            {
                unsaid++;
                if (saidAt is { } said && clock.GetElapsedTime(said) < Every)
                    return 0;
                (var count, unsaid, saidAt) = (unsaid, 0, clock.GetTimestamp());
                return count;
            }
        }
    }
}
