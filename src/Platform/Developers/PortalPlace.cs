namespace Holdfast.Platform.Developers;

/// <summary>The portal's places, in the order of its navigation.</summary>
public enum PortalPlace { Apps, Guide, Properties, Pixels }
