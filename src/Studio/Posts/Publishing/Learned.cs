using Holdfast.Domain.Posts;

namespace Holdfast.Studio.Posts.Publishing;

/// <summary>What a step brought back.</summary>
/// <param name="Fact">For the rules.</param>
/// <param name="LogId">TikTok's id of the call, for the history.</param>
/// <param name="UploadUrl">Sealed; with an accepted init.</param>
/// <param name="Link">The video's page; with a public video.</param>
/// <param name="Blocked">Why no call could be made at all; a post that is not at TikTok waits with this reason.</param>
internal sealed record Learned(PostFact Fact, string? LogId = null, byte[]? UploadUrl = null, string? Link = null, HoldReason? Blocked = null);
