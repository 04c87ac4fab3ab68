namespace Holdfast.Platform.Settings;

/// <summary>A card that another feature brings to <c>/settings/security</c>: register one with the services.</summary>
/// <param name="Component">Loads what it shows by itself, in <c>OnInitializedAsync</c>.</param>
/// <param name="Order">Lower stands higher; the page's own cards stand at 0 (e-mail), 10 (password) and 100 (sessions).</param>
internal sealed record SecuritySection(Type Component, int Order);
