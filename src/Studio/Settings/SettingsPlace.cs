namespace Holdfast.Studio.Settings;

/// <summary>The tabs of the settings.</summary>
public enum SettingsPlace
{
    Workspace,
    Notices,
    Webhook,
    Email,
}
