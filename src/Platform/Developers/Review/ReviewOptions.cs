namespace Holdfast.Platform.Developers.Review;

/// <summary>Who decides about submissions: <c>HOLDFAST_Platform__Review</c>.</summary>
internal sealed class ReviewOptions
{
    public ReviewMode Review { get; set; } = ReviewMode.Automatic;
}

internal enum ReviewMode
{
    /// <summary>The rule: what is complete is approved at once, so nobody who builds on their own machine waits.</summary>
    Automatic,

    /// <summary>A person, at the console.</summary>
    Manual,
}
