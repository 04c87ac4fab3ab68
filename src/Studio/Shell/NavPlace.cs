namespace Holdfast.Studio.Shell;

/// <summary>Studio's main places, as the sidebar and the phone's bar list them.</summary>
public enum NavPlace
{
    /// <summary>A page outside the main places.</summary>
    None,
    Home,
    Calendar,
    Compose,
    Posts,
    Accounts,
    Help,
    Notices,
    Settings,
}
