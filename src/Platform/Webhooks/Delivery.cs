namespace Holdfast.Platform.Webhooks;

/// <summary>An event on its way to an app.</summary>
public sealed record Delivery
{
    public string Id { get; init; } = "";
    public string AppId { get; init; } = "";

    /// <summary>As in §6.3.</summary>
    public string Event { get; init; } = "";

    /// <summary>What is sent, byte for byte.</summary>
    public string Body { get; init; } = "";

    public bool IsTest { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public DeliveryState State { get; init; }

    /// <summary>Why nothing is sent although it is due; <c>null</c> when nothing holds it.</summary>
    public HoldCause? HeldFor { get; init; }

    public long Attempts { get; init; }
    public long Tries { get; init; }
    public DateTimeOffset? NextStepAt { get; init; }
    public DateTimeOffset GiveUpAt { get; init; }
    public long Fence { get; init; }
}

/// <summary>Where an event is; the words stand in Texts.json under <c>webhooks.state.…</c>.</summary>
public enum DeliveryState { Waiting, Delivered, Dropped }

/// <summary>What keeps an event from being sent; the words stand in Texts.json under <c>webhooks.held.…</c>.</summary>
public enum HoldCause
{
    /// <summary>The app's secret is from before it was kept, or the installation's key is missing: there is nothing to sign with.</summary>
    Secret,

    /// <summary>The app has no callback address any more.</summary>
    Address,

    /// <summary>The app is switched off.</summary>
    Disabled,
}

/// <summary>One try to deliver an event.</summary>
public sealed record Attempt
{
    public string DeliveryId { get; init; } = "";
    public long Number { get; init; }
    public DateTimeOffset At { get; init; }
    public long TookMs { get; init; }
    public string Url { get; init; } = "";

    /// <summary>What the receiver answered; <c>null</c> when no answer came.</summary>
    public long? Status { get; init; }

    /// <summary>Why none came: a name of OutsideFailure or OutsideProblem.</summary>
    public string? Failure { get; init; }

    /// <summary>The beginning of the answer.</summary>
    public string Excerpt { get; init; } = "";
}
