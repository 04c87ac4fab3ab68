namespace Holdfast.Shell.Outside;

public static class OutsideFeature
{
    /// <summary>Lets an app call addresses that strangers give it.</summary>
    /// <param name="section">The app's settings for it, for example <c>Platform:Outside</c>.</param>
    public static IServiceCollection AddOutside(this IServiceCollection services, string section)
    {
        services.AddOptions<OutsideOptions>().BindConfiguration(section).ValidateDataAnnotations().ValidateOnStart();
        return services.AddSingleton<IOutsideNetwork, OutsideNetwork>().AddSingleton<OutsideFetch>();
    }
}
