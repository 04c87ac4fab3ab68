using System.Globalization;
using Holdfast.Platform.Developers.Review;
using Holdfast.Shell.Language;
using Holdfast.Shell.Pages;

namespace Holdfast.Platform.Console.Pages;

/// <summary>What a reviewer at TikTok would decide about apps.</summary>
internal static class ReviewPages
{
    public const int LongestComment = 1_000;

    private const long MuchLater = 253_402_300_799_000;

    public static void Map(IEndpointRouteBuilder console)
    {
        console.MapGet("/reviews", (string? done, Reviews reviews, CancellationToken aborted) => ShowAsync(reviews, aborted, done: done));
        console.MapPost("/reviews/{id}", DecideAsync);
    }

    private static async Task<IResult> DecideAsync(string id, IFormCollection form, HttpContext http, Reviews reviews, Texts texts, CancellationToken aborted)
    {
        var comments = form["comments"].ToString().Trim();
        var isApproved = form["decision"] == "approve";
        if (comments.Length > LongestComment || (!isApproved && comments.Length == 0))
            return await ShowAsync(reviews, aborted, id, texts["console.reviews.comments-missing"]);
        var seen = DateTimeOffset.FromUnixTimeMilliseconds(long.TryParse(form["seen"], NumberStyles.None, CultureInfo.InvariantCulture, out var at) && at < MuchLater ? at : 0);
        var isDecided = isApproved ? await reviews.ApproveAsync(null, id, comments, seen, aborted) : await reviews.NotApproveAsync(null, id, comments, aborted);
        return isDecided ? ConsolePlace.Reviews.Back(http, isApproved ? "approved" : "not-approved") : await ShowAsync(reviews, aborted, id, texts["console.reviews.gone"]);
    }

    private static async Task<IResult> ShowAsync(Reviews reviews, CancellationToken aborted, string? wrong = null, string? error = null, string? done = null) => Page.Show<ReviewsPage>(
        new { Waiting = await reviews.WaitingAsync(aborted), IsAutomatic = reviews.Mode is ReviewMode.Automatic, Wrong = wrong, Error = error, Done = done }, error is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
}
