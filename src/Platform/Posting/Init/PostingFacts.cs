namespace Holdfast.Platform.Posting.Init;

/// <summary>What the rule asks about an account and an app.</summary>
internal sealed record PostingFacts
{
    public string UserName { get; init; } = "";
    public string DisplayName { get; init; } = "";
    public bool IsPrivate { get; init; }
    public bool AllowsComments { get; init; }
    public bool AllowsDuets { get; init; }
    public bool AllowsStitches { get; init; }
    public long LongestVideoSeconds { get; init; }
    public bool IsBanned { get; init; }

    /// <summary>The app has not passed its audit, or is one that never does.</summary>
    public bool IsUnaudited { get; init; }

    /// <summary>The app's own cap of active creators; <c>null</c> for the server's.</summary>
    public long? CreatorsPerDay { get; init; }

    /// <summary>Direct posts of the account in the last 24 hours, over all apps; failed ones do not count.</summary>
    public long PostsToday { get; init; }

    /// <summary>Other creators for whom the app has posted in the last 24 hours.</summary>
    public long OtherCreatorsToday { get; init; }

    /// <summary>Drafts of the account from this app that are on their way or wait, begun in the last 24 hours.</summary>
    public long PendingDrafts { get; init; }

    /// <summary>Every address of the request is the app's own, or there is none.</summary>
    public bool OwnsAddresses { get; init; } = true;
}
