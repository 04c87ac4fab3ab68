using System.Globalization;
using Holdfast.People.Sessions;
using Holdfast.Platform.Shell;
using Holdfast.Shell.Language;
using Holdfast.Shell.Pages;

namespace Holdfast.Platform.Developers.Credentials;

/// <summary><c>/developers/apps/{id}/credentials</c>: the key, and new secrets. A secret is in one answer and never again.</summary>
internal static class CredentialsEndpoints
{
    public static void Map(RouteGroupBuilder app)
    {
        app.MapGet("/credentials", (string? done, HttpContext http, StepUp stepUp, TimeProvider clock) => ShowAsync(http, stepUp, clock, done: done is "ended"));
        app.MapPost("/credentials/rotate", RotateAsync);
        app.MapPost("/credentials/end-old", EndOldAsync);
    }

    private static async Task<IResult> RotateAsync(IFormCollection form, HttpContext http, StepUp stepUp, RotateSecret rotate, Texts texts, TimeProvider clock, CancellationToken aborted)
    {
        if (!int.TryParse(form["overlap"], NumberStyles.None, CultureInfo.InvariantCulture, out var hours) || !RotateSecret.Overlaps.Contains(TimeSpan.FromHours(hours)))
            return await ShowAsync(http, stepUp, clock, "rotate", texts["developers.credentials.overlap-problem"]);
        if (await stepUp.RefusedAsync(http, form) is { } refused)
            return await ShowAsync(http, stepUp, clock, "rotate", refused.Error, refused.Status);
        var own = http.OwnApp().App;
        return await rotate.RunAsync(http.User.Id(), own.Id, TimeSpan.FromHours(hours), aborted) switch
        {
            RotateResult.Rotated(var secret, var oldEndsAt) => Page.Show<SecretPage>(new { own.Id, own.Name, own.ClientKey, ClientSecret = secret, OldEndsAt = oldEndsAt }),
            RotateResult.TwoAreLive => await ShowAsync(http, stepUp, clock, "rotate", texts["developers.credentials.two-live"]),
            _ => TypedResults.NotFound(),
        };
    }

    private static async Task<IResult> EndOldAsync(IFormCollection form, HttpContext http, StepUp stepUp, RotateSecret rotate, TimeProvider clock, CancellationToken aborted)
    {
        if (await stepUp.RefusedAsync(http, form) is { } refused)
            return await ShowAsync(http, stepUp, clock, "end-old", refused.Error, refused.Status);
        var own = http.OwnApp().App;
        await rotate.EndOldAsync(http.User.Id(), own.Id, aborted);
        return SeeOther.To(http, AppPlace.Credentials.PathOf(own.Id) + "?done=ended");
    }

    private static async Task<IResult> ShowAsync(HttpContext http, StepUp stepUp, TimeProvider clock, string? at = null, string? error = null, int status = StatusCodes.Status422UnprocessableEntity, bool done = false)
    {
        var own = http.OwnApp().App;
        return Page.Show<CredentialsPage>(new { Client = own, OldEndsAt = own.PreviousSecretEndsAt > clock.GetUtcNow() ? own.PreviousSecretEndsAt : null, IsFresh = await stepUp.IsFreshAsync(http), At = at, Error = error, Done = done }, at is null ? StatusCodes.Status200OK : status);
    }
}
