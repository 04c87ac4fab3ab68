using System.Text.Encodings.Web;

namespace Holdfast.Platform.Pixels;

/// <summary>What a developer pastes into a page.</summary>
internal static class PixelSnippet
{
    public static string Of(string script) => $$"""
        <script async src="{{HtmlEncoder.Default.Encode(script)}}"></script>
        <script>
          // "PageView" is told by itself. Tell more with:
          (window.holdfastPixel ||= []).push(["AddToCart", { value: 12.5, currency: "EUR" }]);
        </script>
        """;
}
