using Holdfast.Domain.Errors;
using Holdfast.Domain.Posts;

namespace Holdfast.Studio.Posts;

/// <summary>A post as its row has it, with what the rules need to know of its video.</summary>
internal sealed record PostRow : PostContent
{
    /// <summary>What a statement selects to fill this.</summary>
    public const string Columns = """
        p.*, coalesce(m.bytes, 0) as media_bytes, m.duration_ms as media_duration_ms, m.content_type as media_type, m.sample as media_sample, coalesce(m.file_name, '') as media_name
        """;

    public const string Source = "post p left join media m on m.id = p.media_id";

    public string Id { get; init; } = "";
    public string WorkspaceId { get; init; } = "";
    public string? ConnectionId { get; init; }
    public string? MediaId { get; init; }
    public string FormKey { get; init; } = "";
    public string Zone { get; init; } = "";
    public DateTimeOffset? DueAt { get; init; }
    public PostState State { get; init; }
    public HoldReason? Hold { get; init; }
    public Remedy? FailureRemedy { get; init; }
    public string? FailureCode { get; init; }
    public string? FailureText { get; init; }
    public DateTimeOffset? NextStepAt { get; init; }
    public DateTimeOffset? InitSentAt { get; init; }
    public DateTimeOffset? InitialisedAt { get; init; }
    public string? PublishId { get; init; }
    public byte[]? UploadUrl { get; init; }
    public long BytesSent { get; init; }
    public bool AddressGone { get; init; }
    public DateTimeOffset? ReceivedAt { get; init; }
    public string? VideoId { get; init; }
    public string? Link { get; init; }
    public long Inits { get; init; }
    public long Looks { get; init; }
    public long Failures { get; init; }
    public DateTimeOffset? Slot { get; init; }
    public long Version { get; init; }
    public long Fence { get; init; }
    public DateTimeOffset LeaseUntil { get; init; }
    public DateTimeOffset? PrecheckAt { get; init; }

    /// <summary>What a look ahead found: it would not go out as things stand.</summary>
    public string? PrecheckProblem { get; init; }

    /// <summary>On saving: its time or a person's words have changed, so that it is looked at anew.</summary>
    public bool Replans { get; init; }

    /// <summary>On saving: what a look ahead found is no longer to be said.</summary>
    public bool ForgetsProblem { get; init; }
    public string CreatedBy { get; init; } = "";
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset UpdatedAt { get; init; }
    public long MediaBytes { get; init; }
    public long? MediaDurationMs { get; init; }
    public string? MediaType { get; init; }
    public string? MediaSample { get; init; }
    public string MediaName { get; init; } = "";

    /// <summary>How the row spells its choices: engines know no enums.</summary>
    public string StateWord => $"{State}";
    public string? HoldWord => Hold?.ToString();
    public string? RemedyWord => FailureRemedy?.ToString();

    /// <summary>The fence a write expects to find.</summary>
    public long ExpectedFence { get; init; }

    public Post Post => new(
        State,
        Privacy,
        MediaBytes,
        MediaDurationMs is { } length ? TimeSpan.FromMilliseconds(length) : null,
        DueAt,
        NextStepAt,
        Hold,
        FailureCode is { } code ? new(FailureRemedy ?? Remedy.None, code, FailureText ?? "error.unknown") : null)
    {
        Trail = new(InitSentAt, InitialisedAt, PublishId, BytesSent, AddressGone, ReceivedAt, VideoId, (int)Inits, (int)Looks, (int)Failures, Slot),
    };

    /// <summary>This row after the rules decided.</summary>
    public PostRow With(Post post) => this with
    {
        State = post.State,
        Privacy = post.Privacy,
        DueAt = post.DueAt,
        NextStepAt = post.NextStepAt,
        Hold = post.State is PostState.Held ? post.Hold : null,
        FailureRemedy = post.State is PostState.Failed ? post.Failure?.Remedy : null,
        FailureCode = post.State is PostState.Failed ? post.Failure?.Code : null,
        FailureText = post.State is PostState.Failed ? post.Failure?.TextKey : null,
        InitSentAt = post.Trail.InitSentAt,
        InitialisedAt = post.Trail.InitialisedAt,
        PublishId = post.Trail.PublishId,
        // The address belongs to one attempt and ends with it.
        UploadUrl = post.State is PostState.Initialised or PostState.Uploading or PostState.Processing && post.Trail.PublishId is not null && !post.Trail.AddressGone ? UploadUrl : null,
        BytesSent = post.Trail.BytesSent,
        AddressGone = post.Trail.AddressGone,
        ReceivedAt = post.Trail.ReceivedAt,
        VideoId = post.Trail.VideoId,
        Inits = post.Trail.Inits,
        Looks = post.Trail.Looks,
        Failures = post.Trail.Failures,
        Slot = post.Trail.Slot,
    };

    /// <summary>Whether people see a difference.</summary>
    public bool LooksLike(PostRow other) =>
        (State, Hold, FailureCode, DueAt, BytesSent, VideoId, Link, Post.AsksPerson)
        == (other.State, other.Hold, other.FailureCode, other.DueAt, other.BytesSent, other.VideoId, other.Link, other.Post.AsksPerson);
}
