namespace Holdfast.Shell.Components;

internal static class Tones
{
    public static string Class(this Tone tone) => tone switch
    {
        Tone.Neutral => "tone-neutral",
        Tone.Info => "tone-info",
        Tone.Busy => "tone-busy",
        Tone.Good => "tone-good",
        Tone.Warning => "tone-warning",
        Tone.Bad => "tone-bad",
        Tone.Accent => "tone-accent",
    };

    public static IconName Icon(this Tone tone) => tone switch
    {
        Tone.Good => IconName.Check,
        Tone.Warning => IconName.Warning,
        Tone.Bad => IconName.Stop,
        Tone.Busy => IconName.Refresh,
        Tone.Neutral or Tone.Info or Tone.Accent => IconName.Info,
    };
}
