namespace Holdfast.Platform.Developers;

/// <summary>The places of the portal, beside every page of it.</summary>
public enum PortalPlace { Apps, Organizations, GetACode, Properties, Pixels }
