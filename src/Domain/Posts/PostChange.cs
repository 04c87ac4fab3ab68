using Holdfast.Domain.Errors;

namespace Holdfast.Domain.Posts;

/// <summary>Save the post and its entry in one transaction, then take the step.</summary>
public sealed record PostChange(Post Post, PostStep Step, PostEntry? Entry = null);

/// <summary>A line of a post's history.</summary>
/// <param name="Cause">The key of a sentence.</param>
/// <param name="Code">TikTok's word.</param>
public sealed record PostEntry(DateTimeOffset At, PostState State, string Cause, string? Code = null, string? LogId = null);

/// <summary>Why a post failed, for people.</summary>
public sealed record PostFailure(Remedy Remedy, string Code, string TextKey);
