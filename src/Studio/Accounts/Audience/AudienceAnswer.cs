using Holdfast.TikTok.Audience;

namespace Holdfast.Studio.Accounts.Audience;

/// <summary>Which list.</summary>
public enum AudienceList { Followers, Following }

/// <summary>What came of asking for a list.</summary>
public abstract record AudienceAnswer
{
    private AudienceAnswer()
    {
    }

    public sealed record Listed(FollowPage Page) : AudienceAnswer;

    /// <summary>The account did not grant its lists, or needs a sign-in before anything.</summary>
    public sealed record NotGranted : AudienceAnswer;

    /// <summary>Not this time.</summary>
    /// <param name="Code">What was answered; <c>null</c> when nothing was.</param>
    public sealed record NotNow(string? Code, string? LogId) : AudienceAnswer;
}

/// <summary>The newest entries of both lists, for the account's page.</summary>
public sealed record AudienceGlance(AudienceAnswer Followers, AudienceAnswer Following);
