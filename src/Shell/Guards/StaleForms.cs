using Holdfast.Shell.Pages;
using Microsoft.AspNetCore.Antiforgery;

namespace Holdfast.Shell.Guards;

/// <summary>A form that stood open too long gets a page that says so, with a way back, instead of a bare 400.</summary>
internal sealed class StaleForms(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context) =>
        context.Features.Get<IAntiforgeryValidationFeature>() is { IsValid: false }
            ? ErrorPage.StaleForm().ExecuteAsync(context)
            : next(context);
}
