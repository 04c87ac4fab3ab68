namespace Holdfast.Domain.Posts;

/// <summary>What to do for a post, after its new state is saved.</summary>
public abstract record PostStep
{
    private PostStep()
    {
    }

    /// <summary>Ask whether and how this account may post now. Report <see cref="PostFact.CreatorAllows"/>.</summary>
    public sealed record QueryCreatorInfo : PostStep;

    /// <summary>Send the init, once: the saved post already says that it was sent. Report <see cref="PostFact.InitAccepted"/>.</summary>
    public sealed record Init : PostStep;

    /// <summary>Send the chunk that begins at this byte. Report <see cref="PostFact.ChunkAccepted"/>.</summary>
    public sealed record UploadChunk(long FromByte) : PostStep;

    /// <summary>Ask what became of it. Report <see cref="PostFact.StatusSeen"/>.</summary>
    public sealed record AskStatus(string PublishId) : PostStep;

    /// <summary>Search the account's videos since then. Report <see cref="PostFact.VideosSeen"/>.</summary>
    public sealed record AskVideoList(DateTimeOffset Since) : PostStep;

    /// <summary>Come back at the post's <see cref="Post.NextStepAt"/>, or never when it has none.</summary>
    public sealed record Nothing : PostStep;
}
