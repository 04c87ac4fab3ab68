namespace Holdfast.Platform.Audience;

/// <summary>Which end of the arrows is listed.</summary>
public enum AudienceList
{
    /// <summary>Those who follow the account.</summary>
    Followers,

    /// <summary>Those the account follows.</summary>
    Following,
}
