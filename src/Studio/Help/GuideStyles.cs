using Holdfast.Shell.Pages;
using Microsoft.AspNetCore.Components;

namespace Holdfast.Studio.Help;

/// <summary>The sheet that only guides need.</summary>
internal static class GuideStyles
{
    public static RenderFragment Head(AssetTable files) => builder =>
    {
        builder.OpenElement(0, "link");
        builder.AddAttribute(1, "rel", "stylesheet");
        builder.AddAttribute(2, "href", files["guides.css"]);
        builder.CloseElement();
    };
}
