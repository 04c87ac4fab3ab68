using Holdfast.Storage.Work;

namespace Holdfast.Studio.Media;

/// <summary>Takes away what a power cut left of uploads; whoever is cut off while we run is cleaned up at once.</summary>
internal sealed class SweepUploads(MediaStore media, ReceiveVideo receive, TimeProvider clock) : IDueWork
{
    /// <summary>Longer than any upload that still moves.</summary>
    public static readonly TimeSpan After = TimeSpan.FromHours(24);

    public string Topic => "abandoned-uploads";

    public async Task<bool> RunDueAsync(CancellationToken stopping)
    {
        var abandoned = await media.AbandonedAsync(clock.GetUtcNow() - After, stopping);
        foreach (var id in abandoned)
            await receive.ForgetAsync(id);
        return abandoned.Count > 0;
    }
}
