namespace Holdfast.Shell.Components;

/// <summary>What a pill, badge, notice or toast means. Colour and shape follow; the words come from the page.</summary>
public enum Tone
{
    /// <summary>Nothing to do: a draft, a cancelled post.</summary>
    Neutral,

    /// <summary>Planned or worth knowing: scheduled, waiting for approval.</summary>
    Info,

    /// <summary>Moving right now: uploading, processing, renewing.</summary>
    Busy,

    /// <summary>As it should be: live, published.</summary>
    Good,

    /// <summary>Somebody should look soon: held, ending soon.</summary>
    Warning,

    /// <summary>Somebody has to act: failed, needs sign-in.</summary>
    Bad,

    /// <summary>The app's own colour, for marks without a verdict.</summary>
    Accent,
}
