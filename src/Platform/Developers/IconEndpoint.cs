using Holdfast.Shell.Guards;

namespace Holdfast.Platform.Developers;

/// <summary><c>/apps/{id}/icon</c>: whoever is asked for consent may see who asks.</summary>
internal static class IconEndpoint
{
    private static readonly string[] GetOrHead = [HttpMethods.Get, HttpMethods.Head];

    // Bytes of strangers: even opened by itself the answer runs nothing.
    public static void Map(IEndpointRouteBuilder routes) => routes.MapMethods("/apps/{id}/icon", GetOrHead, ShowAsync).WithMetadata(new ServesStrangersBytes());

    private static async Task<IResult> ShowAsync(string id, HttpContext http, AppIcons icons, CancellationToken aborted)
    {
        if (await icons.OpenAsync(id, aborted) is not var (bytes, type))
            return TypedResults.NotFound();
        http.Response.Headers.CacheControl = "private, max-age=86400";
        return TypedResults.Stream(bytes, type);
    }
}
