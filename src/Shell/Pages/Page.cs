using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Holdfast.Shell.Pages;

/// <summary>Shows a Razor component as a whole page.</summary>
public static class Page
{
    /// <param name="parameters">An object whose properties are the component's parameters.</param>
    public static RazorComponentResult Show<TComponent>(object? parameters = null, int status = StatusCodes.Status200OK) where TComponent : IComponent =>
        new(typeof(TComponent), parameters ?? new { }) { StatusCode = status, PreventStreamingRendering = true };
}
