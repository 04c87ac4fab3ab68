using System.ComponentModel.DataAnnotations;

namespace Holdfast.Platform.Research;

/// <summary>What one app may take from the research lists in a day of UTC: <c>HOLDFAST_Platform__Research__…</c>.</summary>
internal sealed class ResearchOptions
{
    [Range(1, int.MaxValue)]
    public int RequestsPerDay { get; set; } = 1_000;

    [Range(1, int.MaxValue)]
    public int RecordsPerDay { get; set; } = 100_000;
}
