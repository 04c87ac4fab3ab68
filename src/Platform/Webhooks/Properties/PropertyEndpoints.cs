using Holdfast.People.Sessions;
using Holdfast.Platform.Api;
using Holdfast.Platform.Developers;
using Holdfast.Platform.Shell;
using Holdfast.Shell.Outside;
using Holdfast.Shell.Pages;
using Microsoft.AspNetCore.Mvc;

namespace Holdfast.Platform.Webhooks.Properties;

/// <summary><c>/developers/url-properties</c>: what a developer's apps may have media fetched from.</summary>
internal static class PropertyEndpoints
{
    private const string Place = "/developers/url-properties";
    private const int ChecksPerMinute = 10;

    public static void Map(IEndpointRouteBuilder routes)
    {
        var pages = routes.MapGroup(Place).RequireAuthorization();
        pages.MapGet("", (string? done, HttpContext http, PropertyStore properties, AppRegistry apps, CancellationToken aborted) =>
            ShowAsync(http, properties, apps, new PropertyForm(), null, done, aborted));
        pages.MapPost("", AddAsync);
        pages.MapPost("/{id}/verify", VerifyAsync);
        pages.MapPost("/{id}/remove", async (string id, IFormCollection form, HttpContext http, PropertyStore properties, CancellationToken aborted) =>
        {
            await properties.RemoveAsync(http.User.Id(), id, aborted);
            return SeeOther.To(http, Place + "?done=removed");
        });
    }

    private static async Task<IResult> ShowAsync(HttpContext http, PropertyStore properties, AppRegistry apps, PropertyForm form, UrlPropertyProblem? problem, string? done, CancellationToken aborted) =>
        Page.Show<PropertiesPage>(
            new { Properties = await properties.ListAsync(http.User.Id(), aborted), Apps = await apps.ListAsync(http.User.Id(), aborted), Form = form, Problem = problem?.ToString(), Done = done },
            problem is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);

    private static async Task<IResult> AddAsync(
        [FromForm] string? kind, [FromForm] string? value, [FromForm] string? app, HttpContext http, PropertyStore properties, AppRegistry apps, OutsideFetch outside, CancellationToken aborted)
    {
        var form = new PropertyForm { Kind = kind is "prefix" ? "prefix" : "domain", Value = (value ?? "").Trim(), App = app ?? "" };
        var (asKind, wanted) = form.Kind is "prefix" ? (UrlPropertyKind.Prefix, form.Value) : (UrlPropertyKind.Domain, form.Value.ToLowerInvariant());
        if (UrlPropertyRule.ProblemWith(asKind, wanted, outside.AllowsLoopback) is { } problem)
            return await ShowAsync(http, properties, apps, form, problem, null, aborted);
        return await properties.AddAsync(http.User.Id(), form.App.Length > 0 ? form.App : null, asKind, wanted, aborted)
            ? SeeOther.To(http, Place)
            : SeeOther.To(http, Place + "?done=full");
    }

    private static async Task<IResult> VerifyAsync(string id, IFormCollection form, HttpContext http, VerifyProperty verify, RateLimits limits, CancellationToken aborted)
    {
        if (!await limits.TryAsync($"url-property:{http.User.Id()}", ChecksPerMinute, aborted))
            return SeeOther.To(http, Place + "?done=slow");
        return await verify.RunAsync(http.User.Id(), id, aborted) ? SeeOther.To(http, $"{Place}#p-{id}") : TypedResults.NotFound();
    }
}

/// <summary>A claim as the form holds it.</summary>
public sealed record PropertyForm
{
    public string Kind { get; init; } = "domain";
    public string Value { get; init; } = "";

    /// <summary>Empty for all apps.</summary>
    public string App { get; init; } = "";
}
