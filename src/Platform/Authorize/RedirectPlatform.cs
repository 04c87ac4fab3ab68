namespace Holdfast.Platform.Authorize;

/// <summary>The list a redirect URI is registered in (§1.2); it decides about PKCE: everywhere but on Web it is required.</summary>
public enum RedirectPlatform { Web, Desktop, Ios, Android }
