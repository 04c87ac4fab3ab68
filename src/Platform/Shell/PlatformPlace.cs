namespace Holdfast.Platform.Shell;

/// <summary>The places of the Platform's bar.</summary>
public enum PlatformPlace { None, Home, Profile, Inbox, Settings, Developers, Console }
