namespace Holdfast.Platform.Faults;

/// <summary>Failing on demand. Always registered, and idle unless the console is on.</summary>
internal static class FaultsFeature
{
    public static IServiceCollection AddFaults(this IServiceCollection services) =>
        services.AddSingleton<ActiveFaults>().AddSingleton<FaultStore>().AddSingleton<CallerLookup>().AddSingleton<MeetFault>().AddSingleton<VerdictStore>().AddSingleton<WebhookFaults>();
}
