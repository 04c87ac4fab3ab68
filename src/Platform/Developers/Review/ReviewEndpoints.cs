using System.Globalization;
using Holdfast.People.Sessions;
using Holdfast.Platform.Developers.Configurations;
using Holdfast.Platform.Developers.Credentials;
using Holdfast.Platform.Shell;
using Holdfast.Shell.Language;
using Holdfast.Shell.Pages;

namespace Holdfast.Platform.Developers.Review;

/// <summary><c>/developers/apps/{id}/review</c>: what would change, what is missing, and the steps there are.</summary>
internal static class ReviewEndpoints
{
    private const int LongestExplanation = 2_000;

    public static void Map(RouteGroupBuilder app)
    {
        app.MapGet("/review", (string? done, HttpContext http, Workbenches benches, Reviews reviews, StepUp stepUp, CancellationToken aborted) => ShowAsync(http, benches, reviews, stepUp, aborted, done: done));
        app.MapPost("/review/submit", SubmitAsync);
        app.MapPost("/review/recall", async (IFormCollection form, HttpContext http, Reviews reviews, CancellationToken aborted) =>
            Back(http, await reviews.RecallAsync(http.User.Id(), http.OwnApp().App.Id, aborted) ? "recalled" : "meanwhile"));
        app.MapPost("/review/revert", RevertAsync);
    }

    private static async Task<IResult> SubmitAsync(IFormCollection form, HttpContext http, Workbenches benches, Reviews reviews, StepUp stepUp, AppIcons icons, Texts texts, CancellationToken aborted)
    {
        var (person, id) = (http.User.Id(), http.OwnApp().App.Id);
        if (await benches.FindAsync(person, id, aborted) is not { DraftSavedAt: { } savedAt } bench)
            return Back(http, "meanwhile");
        var explanation = form["explanation"].ToString().Trim();
        if (explanation.Length > LongestExplanation)
            return await ShowAsync(http, benches, reviews, stepUp, aborted, error: texts["developers.review.explanation-problem", LongestExplanation]);
        // The draft that was seen is the draft that is submitted, so what was asked about here is what changes.
        if (form["seen"] != savedAt.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture))
            return Back(http, "meanwhile");
        if (bench.NeedsProof && await stepUp.RefusedAsync(http, form) is { } refused)
            return await ShowAsync(http, benches, reviews, stepUp, aborted, error: refused.Error, status: refused.Status);
        var result = await reviews.SubmitAsync(person, id, savedAt, explanation, aborted);
        if (result is SubmitResult.Approved && bench.Live.IconKey != bench.Newest.IconKey)
            await icons.ForgetAsync(id, bench.Live.IconKey, aborted);
        return result switch
        {
            SubmitResult.Approved => Back(http, "approved"),
            SubmitResult.Waits => Back(http, "submitted"),
            SubmitResult.Incomplete => await ShowAsync(http, benches, reviews, stepUp, aborted, error: texts["developers.review.incomplete"]),
            SubmitResult.NotThis => Back(http, "meanwhile"),
            _ => TypedResults.NotFound(),
        };
    }

    private static async Task<IResult> RevertAsync(IFormCollection form, HttpContext http, Workbenches benches, Reviews reviews, AppIcons icons, CancellationToken aborted)
    {
        var id = http.OwnApp().App.Id;
        var dropped = (await benches.FindAsync(http.User.Id(), id, aborted))?.Newest.IconKey;
        if (!await reviews.RevertAsync(http.User.Id(), id, aborted))
            return Back(http, "meanwhile");
        await icons.ForgetAsync(id, dropped, aborted);
        return Back(http, "reverted");
    }

    private static IResult Back(HttpContext http, string done) => SeeOther.To(http, $"{AppPlace.Review.PathOf(http.OwnApp().App.Id)}?done={done}");

    private static async Task<IResult> ShowAsync(HttpContext http, Workbenches benches, Reviews reviews, StepUp stepUp, CancellationToken aborted, string? done = null, string? error = null, int status = StatusCodes.Status422UnprocessableEntity)
    {
        var id = http.OwnApp().App.Id;
        if (await benches.FindAsync(http.User.Id(), id, aborted) is not { App.IsSandbox: false } bench)
            return TypedResults.NotFound();
        return Page.Show<ReviewPage>(new
        {
            Bench = bench,
            IsAutomatic = reviews.Mode is ReviewMode.Automatic,
            Lacks = SubmissionRule.Lacks(bench.Newest, reviews.Mode),
            History = await reviews.HistoryAsync(id, aborted),
            IsFresh = await stepUp.IsFreshAsync(http),
            Done = done is "approved" or "submitted" or "recalled" or "reverted" or "meanwhile" or "imported" ? done : null,
            Error = error,
        }, error is null ? StatusCodes.Status200OK : status);
    }
}
