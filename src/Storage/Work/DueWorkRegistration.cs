namespace Holdfast.Storage.Work;

public static class DueWorkRegistration
{
    /// <summary>Registers <typeparamref name="T"/> as due work; <see cref="DueWorker"/>s start with the host.</summary>
    public static IServiceCollection AddDueWork<T>(this IServiceCollection services) where T : class, IDueWork
    {
        services.AddSingleton<T>();
        services.AddSingleton<IDueWork>(provider => provider.GetRequiredService<T>());
        services.AddSingleton<IHostedService>(provider => ActivatorUtilities.CreateInstance<DueWorker>(provider, provider.GetRequiredService<T>()));
        return services;
    }
}
