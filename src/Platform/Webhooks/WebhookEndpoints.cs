using System.Globalization;
using Holdfast.People.Sessions;
using Holdfast.Platform.Api;
using Holdfast.Platform.Developers;
using Holdfast.Platform.Shell;
using Holdfast.Shell.Outside;
using Holdfast.Shell.Pages;
using Microsoft.AspNetCore.Mvc;

namespace Holdfast.Platform.Webhooks;

/// <summary><c>/developers/apps/{id}/webhooks</c>: where an app hears, and what it was told.</summary>
internal static class WebhookEndpoints
{
    /// <summary>Tests and repeats of one app in a minute: each one makes us call somebody.</summary>
    private const int CallsPerMinute = 20;

    public static void Map(IEndpointRouteBuilder routes)
    {
        var pages = routes.MapApp();
        pages.MapGet("/webhooks", (string? state, string? before, string? done, HttpContext http, AppWebhooks webhooks, CancellationToken aborted) =>
            ShowAsync(http, webhooks, new LogView(state == "failed", before, done), null, null, aborted));
        pages.MapPost("/webhooks", SaveAsync);
        pages.MapPost("/webhooks/test", TestAsync);
        pages.MapGet("/webhooks/{delivery}", async (string id, string delivery, string? done, HttpContext http, AppWebhooks webhooks, CancellationToken aborted) =>
            await webhooks.FindAsync(http.User.Id(), id, delivery, aborted) is { } found
                ? (IResult)Page.Show<DeliveryPage>(new { Client = http.OwnApp().App, Detail = found, Done = done })
                : TypedResults.NotFound());
        pages.MapPost("/webhooks/{delivery}/again", AgainAsync);
    }

    private static async Task<IResult> ShowAsync(HttpContext http, AppWebhooks webhooks, LogView view, string? typed, OutsideProblem? problem, CancellationToken aborted)
    {
        var app = http.OwnApp().App;
        var lines = await webhooks.ListAsync(http.User.Id(), app.Id, view.NotHeardOnly, view.Before, aborted);
        var address = await webhooks.AddressAsync(http.User.Id(), app.Id, aborted);
        return Page.Show<WebhooksPage>(
            new { Client = app, Address = address, Typed = typed ?? address ?? "", Problem = problem?.ToString(), Lines = lines, View = view, TestId = webhooks.NextTestId() },
            problem is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }

    private static async Task<IResult> SaveAsync([FromForm] string? url, HttpContext http, AppWebhooks webhooks, OutsideFetch outside, RateLimits limits, CancellationToken aborted)
    {
        var app = http.OwnApp().App;
        var typed = (url ?? "").Trim();
        // Looks where the name leads today; it is looked at again at every attempt.
        if (typed.Length > 0 && !await limits.TryAsync($"webhook-set:{app.Id}", CallsPerMinute, aborted))
            return SeeOther.To(http, AppPlace.Webhooks.PathOf(app.Id) + "?done=slow");
        if (typed.Length > 0 && await outside.CheckAsync(typed, aborted) is { } problem)
            return await ShowAsync(http, webhooks, new LogView(false, null, null), typed, problem, aborted);
        await webhooks.SetAddressAsync(http.User.Id(), app.Id, typed.Length > 0 ? typed : null, aborted);
        return SeeOther.To(http, AppPlace.Webhooks.PathOf(app.Id) + "?done=saved");
    }

    private static async Task<IResult> TestAsync([FromForm(Name = "event")] string? name, [FromForm(Name = "test")] string? testId, HttpContext http, AppWebhooks webhooks, RateLimits limits, CancellationToken aborted)
    {
        var app = http.OwnApp().App;
        if (testId is not { Length: 26 } || !testId.All(char.IsAsciiLetterOrDigit) || name is null || !TestEvents.All.ContainsKey(name))
            return TypedResults.BadRequest();
        var free = await limits.TryAsync($"webhook-send:{app.Id}", CallsPerMinute, aborted);
        if (free)
            await webhooks.SendTestAsync(http.User.Id(), app.Id, name, testId, aborted);
        return SeeOther.To(http, AppPlace.Webhooks.PathOf(app.Id) + (free ? "?done=test" : "?done=slow"));
    }

    private static async Task<IResult> AgainAsync(string delivery, [FromForm] string? attempts, HttpContext http, AppWebhooks webhooks, RateLimits limits, CancellationToken aborted)
    {
        var app = http.OwnApp().App;
        if (!long.TryParse(attempts, NumberStyles.None, CultureInfo.InvariantCulture, out var seen))
            return TypedResults.BadRequest();
        if (await webhooks.FindAsync(http.User.Id(), app.Id, delivery, aborted) is null)
            return TypedResults.NotFound();
        var free = await limits.TryAsync($"webhook-send:{app.Id}", CallsPerMinute, aborted);
        if (free)
            await webhooks.SendAgainAsync(http.User.Id(), app.Id, delivery, seen, aborted);
        return SeeOther.To(http, $"{AppPlace.Webhooks.PathOf(app.Id)}/{delivery}{(free ? "?done=again" : "?done=slow")}");
    }
}

/// <summary>Which part of the log is shown, and what was done just now.</summary>
public sealed record LogView(bool NotHeardOnly, string? Before, string? Done);
