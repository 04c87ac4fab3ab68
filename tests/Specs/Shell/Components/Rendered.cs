using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.Logging.Abstractions;

namespace Holdfast.Specs.Shell.Components;

/// <summary>Renders a component as a page would, and reads the HTML back as a browser would.</summary>
internal static class Rendered
{
    public static async Task<string> HtmlAsync<TComponent>(IDictionary<string, object?> parameters) where TComponent : IComponent
    {
        await using var services = new ServiceCollection().BuildServiceProvider();
        await using var renderer = new HtmlRenderer(services, NullLoggerFactory.Instance);
        return await renderer.Dispatcher.InvokeAsync(async () =>
            (await renderer.RenderComponentAsync<TComponent>(ParameterView.FromDictionary(parameters))).ToHtmlString());
    }

    public static async Task<IHtmlDocument> PageAsync<TComponent>(params (string Name, object? Value)[] parameters) where TComponent : IComponent =>
        new HtmlParser().ParseDocument(await HtmlAsync<TComponent>(parameters.ToDictionary(p => p.Name, p => p.Value)));

    public static async Task<IElement> ElementAsync<TComponent>(params (string Name, object? Value)[] parameters) where TComponent : IComponent =>
        (await PageAsync<TComponent>(parameters)).Body!.FirstElementChild!;

    public static RenderFragment Text(string text) => builder => builder.AddContent(0, text);
}
