namespace Holdfast.Domain.Connections;

/// <summary>A TikTok account as this app knows it.</summary>
/// <param name="OpenId">Its identity: names change, this does not.</param>
/// <param name="Name">What people call it; empty until the profile was read once.</param>
public sealed record Account(string OpenId, string Name);
