using Holdfast.People.Sessions;
using Holdfast.Platform.Authorize;
using Holdfast.Platform.Developers.Organizations;
using Holdfast.Platform.Shell;
using Holdfast.Shell.Guards;
using Holdfast.Shell.Pages;
using Microsoft.AspNetCore.Components;

namespace Holdfast.Platform.Developers.Configurations;

/// <summary>The three pages on which an app is written: details, products and scopes, redirect URIs.</summary>
internal static class ConfigurationEndpoints
{
    public static void Map(RouteGroupBuilder app)
    {
        app.MapGet("", ShowAsync<DetailsPage>);
        app.MapGet("/products", ShowAsync<ProductsPage>);
        app.MapGet("/redirects", ShowAsync<RedirectsPage>);
        app.MapGet("/icon", DraftIconAsync).WithMetadata(new ServesStrangersBytes());
        app.MapPost("", SaveDetailsAsync).WithMetadata(IconRule.Room);
        app.MapPost("/products", SaveProductsAsync);
        app.MapPost("/redirects", SaveRedirectsAsync);
    }

    private static async Task<IResult> ShowAsync<TPage>(string? saved, HttpContext http, Workbenches benches, Transfers transfers, OrganizationStore organizations, CancellationToken aborted) where TPage : IComponent
    {
        var (person, id) = (http.User.Id(), http.OwnApp().App.Id);
        if (await benches.FindAsync(person, id, aborted) is not { } bench)
            return TypedResults.NotFound();
        return typeof(TPage) == typeof(DetailsPage)
            ? Page.Show<DetailsPage>(new { Bench = bench, Wanted = bench.Newest, Saved = saved is not null, Ownership = await OwnershipAsync(http, transfers, organizations, aborted) })
            : Page.Show<TPage>(new { Bench = bench, Wanted = bench.Newest, Saved = saved is not null });
    }

    public static async Task<Ownership> OwnershipAsync(HttpContext http, Transfers transfers, OrganizationStore organizations, CancellationToken aborted) =>
        new(await organizations.ListAsync(http.User.Id(), aborted), await transfers.WaitingForAsync(http.User.Id(), http.OwnApp().App.Id, aborted));

    private static async Task<IResult> DraftIconAsync(HttpContext http, Workbenches benches, AppIcons icons, CancellationToken aborted) =>
        await benches.FindAsync(http.User.Id(), http.OwnApp().App.Id, aborted) is { Newest.IconKey: { } key } && await icons.OpenPictureAsync(key, http.RequestAborted) is var (bytes, type) ? TypedResults.Stream(bytes, type) : TypedResults.NotFound();

    private static async Task<IResult> SaveDetailsAsync(
        IFormCollection form, HttpContext http, SaveConfiguration save, Workbenches benches, AppIcons icons, Transfers transfers, OrganizationStore organizations, CancellationToken aborted)
    {
        var id = http.OwnApp().App.Id;
        var former = (await benches.FindAsync(http.User.Id(), id, aborted))?.Newest.IconKey;
        var icon = await IconUpload.ReadAsync(form, aborted);
        var key = await icons.KeepAsync(id, icon, former, aborted);
        var result = await SaveAsync(http, save, before => DetailsForm.Read(form, before) with { IconKey = key },
            wanted => (icon is IconUpload.Refused(var wrong) ? wrong : null) ?? ConfigurationRule.NameProblem(wanted.Name) ?? ConfigurationRule.DetailsProblem(wanted.Details), aborted);
        await icons.ForgetAsync(id, result is SaveResult.Saved ? former : key, aborted);
        return result is SaveResult.Refused(var problem) && await benches.FindAsync(http.User.Id(), id, aborted) is { } bench
            ? Page.Show<DetailsPage>(new { Bench = bench, Wanted = DetailsForm.Read(form, bench.Newest), Problem = problem, Ownership = await OwnershipAsync(http, transfers, organizations, aborted) }, StatusCodes.Status422UnprocessableEntity)
            : Answer(http, AppPlace.Details, result);
    }

    private static async Task<IResult> SaveProductsAsync(IFormCollection form, HttpContext http, SaveConfiguration save, Workbenches benches, CancellationToken aborted)
    {
        AppConfiguration Read(AppConfiguration before)
        {
            var products = Enum.GetValues<Product>().Where(product => form["product"].Contains(product.ToString())).ToList();
            // The one scope that comes by itself: nobody signs in without it.
            var scopes = form["scope"].OfType<string>().Concat(products.Contains(Product.LoginKit) ? [KnownScopes.Basic] : []).Distinct(StringComparer.Ordinal).ToList();
            return before with { Products = products, Scopes = [.. KnownScopes.OfApps.Where(scopes.Contains), .. scopes.Except(KnownScopes.OfApps)] };
        }

        var result = await SaveAsync(http, save, Read, wanted => ConfigurationRule.ProductsProblem(wanted.Products, wanted.Scopes), aborted);
        return result is SaveResult.Refused(var problem) && await benches.FindAsync(http.User.Id(), http.OwnApp().App.Id, aborted) is { } bench
            ? Page.Show<ProductsPage>(new { Bench = bench, Wanted = Read(bench.Newest), Problem = problem }, StatusCodes.Status422UnprocessableEntity)
            : Answer(http, AppPlace.Products, result);
    }

    private static async Task<IResult> SaveRedirectsAsync(IFormCollection form, HttpContext http, SaveConfiguration save, Workbenches benches, CancellationToken aborted)
    {
        AppConfiguration Read(AppConfiguration before) => before with
        {
            Redirects = [.. Enum.GetValues<RedirectPlatform>().SelectMany(platform => RedirectLines.Read(platform, form[platform.ToString().ToLowerInvariant()].ToString())).Distinct()],
        };

        var result = await SaveAsync(http, save, Read, wanted => ConfigurationRule.RedirectsProblem(wanted.Redirects), aborted);
        return result is SaveResult.Refused(var problem) && await benches.FindAsync(http.User.Id(), http.OwnApp().App.Id, aborted) is { } bench
            ? Page.Show<RedirectsPage>(new { Bench = bench, Wanted = Read(bench.Newest), Problem = problem }, StatusCodes.Status422UnprocessableEntity)
            : Answer(http, AppPlace.Redirects, result);
    }

    private static Task<SaveResult> SaveAsync(HttpContext http, SaveConfiguration save, Func<AppConfiguration, AppConfiguration> change, Func<AppConfiguration, AppProblem?> problem, CancellationToken aborted) =>
        save.RunAsync(http.User.Id(), http.OwnApp().App.Id, change, problem, aborted);

    // Locked: the page says so by itself.
    private static IResult Answer(HttpContext http, AppPlace place, SaveResult result) => result switch
    {
        SaveResult.Saved => SeeOther.To(http, place.PathOf(http.OwnApp().App.Id) + "?saved"),
        SaveResult.Locked => SeeOther.To(http, place.PathOf(http.OwnApp().App.Id)),
        _ => TypedResults.NotFound(),
    };
}

/// <summary>Who an app may go to.</summary>
/// <param name="WaitsFor">Name of the organization that has been asked.</param>
public sealed record Ownership(IReadOnlyList<OwnOrganization> Organizations, string? WaitsFor);
