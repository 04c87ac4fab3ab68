using Holdfast.Platform.Console.Pages;
using Holdfast.Platform.Developers.Review;
using Holdfast.Shell.Language;

namespace Holdfast.Platform.Console.Api;

/// <summary><c>/console/api/reviews</c>.</summary>
internal static class ReviewsApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/reviews", async (Reviews reviews, CancellationToken aborted) => ConsoleAnswer.Of(new
        {
            Waiting = (await reviews.WaitingAsync(aborted)).Select(app => new { app.ClientKey, app.Name, app.OwnerName, app.IsRevision, app.SubmittedAt, app.Explanation, Changes = app.Changes.Select(change => change.ToString()) }),
        }));
        api.MapPost("/reviews/{key}/approve", (string key, HttpContext http, Reviews reviews, Texts texts) => DecideAsync(key, http, reviews, texts, isApproved: true));
        api.MapPost("/reviews/{key}/refuse", (string key, HttpContext http, Reviews reviews, Texts texts) => DecideAsync(key, http, reviews, texts, isApproved: false));
    }

    private static async Task<IResult> DecideAsync(string key, HttpContext http, Reviews reviews, Texts texts, bool isApproved)
    {
        if (await ConsoleInput.ReadAsync(http.Request) is not { } input || input.Stranger("comments") is not null)
            return ConsoleAnswer.Refused(400, texts["console.refused.only", "comments"]);
        var comments = input["comments"] ?? "";
        if (comments.Length > ReviewPages.LongestComment || (!isApproved && comments.Length == 0))
            return ConsoleAnswer.Refused(400, texts["console.reviews.comments-missing"]);
        var app = (await reviews.WaitingAsync(http.RequestAborted)).FirstOrDefault(one => one.ClientKey == key);
        if (app is null || !(isApproved ? await reviews.ApproveAsync(null, app.AppId, comments, app.DraftSavedAt, http.RequestAborted) : await reviews.NotApproveAsync(null, app.AppId, comments, http.RequestAborted)))
            return ConsoleAnswer.Refused(404, texts["console.reviews.gone"]);
        return ConsoleAnswer.Of(new { Decided = key, Approved = isApproved });
    }
}
