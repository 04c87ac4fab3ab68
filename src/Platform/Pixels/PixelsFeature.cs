using Holdfast.Storage.Work;

namespace Holdfast.Platform.Pixels;

internal static class PixelsFeature
{
    public static IServiceCollection AddPixels(this IServiceCollection services) => services.AddSingleton<PixelStore>().AddDueWork<TidyPixels>();

    public static void MapPixels(this IEndpointRouteBuilder routes)
    {
        PixelIntake.Map(routes);
        PixelEndpoints.Map(routes);
    }
}
