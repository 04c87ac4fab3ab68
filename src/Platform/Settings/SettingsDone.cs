namespace Holdfast.Platform.Settings;

/// <summary>What a form of the settings did; its words stand in the texts under <c>settings.done.…</c>, and <c>?done=</c> names it.</summary>
public enum SettingsDone { Profile, Password, Email, Code, Session }
