using Holdfast.People.Sessions;
using Holdfast.Platform.Developers.Configurations;
using Holdfast.Platform.Developers.Credentials;
using Holdfast.Platform.Shell;
using Holdfast.Shell.Language;
using Holdfast.Shell.Pages;

namespace Holdfast.Platform.Developers.Organizations;

/// <summary>Hands an app over, or ends it; both cannot be undone, so both ask for proof.</summary>
internal static class OwnershipEndpoints
{
    public static void Map(RouteGroupBuilder app)
    {
        app.MapPost("/transfer", async (IFormCollection form, HttpContext http, StepUp stepUp, Transfers transfers, OrganizationStore organizations, Workbenches benches, CancellationToken aborted) =>
            await stepUp.RefusedAsync(http, form) is { } refused ? await ShowAsync(http, benches, transfers, organizations, "transfer", refused.Error, refused.Status, aborted)
            : await transfers.AskAsync(http.User.Id(), http.OwnApp().App.Id, form["organization"].ToString(), aborted) ? SeeOther.To(http, AppPlace.Details.PathOf(http.OwnApp().App.Id) + "#owner")
            : TypedResults.NotFound());
        app.MapPost("/transfer/cancel", async (IFormCollection form, HttpContext http, Transfers transfers, CancellationToken aborted) =>
            await transfers.CancelAsync(http.User.Id(), http.OwnApp().App.Id, aborted) ? SeeOther.To(http, AppPlace.Details.PathOf(http.OwnApp().App.Id) + "#owner") : TypedResults.NotFound());
        app.MapPost("/delete", async (IFormCollection form, HttpContext http, StepUp stepUp, Transfers transfers, OrganizationStore organizations, Workbenches benches, Texts texts, CancellationToken aborted) =>
            form["sure"] != "true" ? await ShowAsync(http, benches, transfers, organizations, "delete", texts["developers.organizations.owner.delete-sure"], StatusCodes.Status422UnprocessableEntity, aborted)
            : await stepUp.RefusedAsync(http, form) is { } refused ? await ShowAsync(http, benches, transfers, organizations, "delete", refused.Error, refused.Status, aborted)
            : await transfers.DeleteAsync(http.User.Id(), http.OwnApp().App.Id, aborted) ? SeeOther.To(http, "/developers?deleted")
            : TypedResults.NotFound());
    }

    private static async Task<IResult> ShowAsync(HttpContext http, Workbenches benches, Transfers transfers, OrganizationStore organizations, string at, string error, int status, CancellationToken aborted) =>
        await benches.FindAsync(http.User.Id(), http.OwnApp().App.Id, aborted) is { } bench
            ? Page.Show<DetailsPage>(new { Bench = bench, Wanted = bench.Newest, Ownership = await ConfigurationEndpoints.OwnershipAsync(http, transfers, organizations, aborted), At = at, Error = error }, status)
            : TypedResults.NotFound();
}
