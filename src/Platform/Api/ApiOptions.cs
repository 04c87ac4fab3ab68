namespace Holdfast.Platform.Api;

/// <summary>Where TikTok's documentation and its live service differ (§10.1): <c>HOLDFAST_Platform__Api__…</c>.</summary>
internal sealed class ApiOptions
{
    /// <summary>A profile field outside the grant is 400 <c>scope_permission_missed</c> instead of 401 <c>scope_not_authorized</c>.</summary>
    public bool ScopePermissionMissed { get; set; }

    /// <summary>Content Posting says <c>invalid_param</c>, as its pages do, instead of the live service's <c>invalid_params</c>.</summary>
    public bool InvalidParam { get; set; }
}
