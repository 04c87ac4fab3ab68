namespace Holdfast.Platform.Settings;

/// <summary>The tabs of <c>/settings</c>.</summary>
public enum SettingsPlace { Profile, Security, Apps, Activity }
