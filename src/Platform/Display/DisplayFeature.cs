namespace Holdfast.Platform.Display;

internal static class DisplayFeature
{
    public static void MapDisplay(this IEndpointRouteBuilder routes)
    {
        UserInfo.Map(routes);
        VideoList.Map(routes);
        VideoQuery.Map(routes);
    }
}
