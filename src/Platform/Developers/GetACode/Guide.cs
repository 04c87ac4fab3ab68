namespace Holdfast.Platform.Developers.GetACode;

/// <summary>Everything the guide's page shows.</summary>
public sealed record Guide
{
    /// <summary>Apps to choose from: the visitor's own, and the demo app where there is one.</summary>
    public required IReadOnlyList<OwnedApp> Apps { get; init; }

    public required GuideState State { get; init; }
    public required string RedirectUri { get; init; }
    public required string Origin { get; init; }

    /// <summary>The chosen app registered this page's redirect URI.</summary>
    public required bool IsRegistered { get; init; }

    /// <summary>The demo app's secret, which is public; <c>null</c> for the visitor's own, whose secret is not stored.</summary>
    public string? Secret { get; init; }

    public required DateTimeOffset Now { get; init; }

    /// <summary>When the code ends; <c>null</c> without a code.</summary>
    public DateTimeOffset? CodeEndsAt { get; init; }

    public bool IsCodeSpent { get; init; }

    /// <summary>What the token endpoint answered to the exchange made from this page.</summary>
    public (int Status, string Json)? Answer { get; init; }
}
