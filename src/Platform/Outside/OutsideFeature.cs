namespace Holdfast.Platform.Outside;

internal static class OutsideFeature
{
    public static IServiceCollection AddOutside(this IServiceCollection services)
    {
        services.AddOptions<OutsideOptions>().BindConfiguration("Platform:Outside").ValidateDataAnnotations().ValidateOnStart();
        return services.AddSingleton<IOutsideNetwork, OutsideNetwork>().AddSingleton<OutsideFetch>().AddSingleton<TxtLookup>();
    }
}
