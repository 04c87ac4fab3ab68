namespace Holdfast.TikTok.Audience;

/// <summary>One page of a follower or following list, newest first.</summary>
/// <param name="People">At most 100.</param>
/// <param name="Cursor">Unix milliseconds; give it to the next call while <paramref name="HasMore"/>. Null when not told.</param>
/// <param name="HasMore">Whether older entries exist.</param>
public sealed record FollowPage(IReadOnlyList<FollowPerson> People, long? Cursor, bool HasMore);

/// <summary>Somebody in a follower or following list.</summary>
/// <param name="Username">The handle, without the at sign.</param>
/// <param name="DisplayName">The shown name; the handle when the server told none.</param>
public sealed record FollowPerson(string Username, string DisplayName);
