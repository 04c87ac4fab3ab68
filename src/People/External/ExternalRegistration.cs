using Holdfast.People.Activity;
using Holdfast.Storage;

namespace Holdfast.People.External;

public static class ExternalRegistration
{
    /// <summary>Social login with the providers that the configuration names.</summary>
    /// <param name="section">Where they stand, for example <c>Platform:SignIn:Providers</c>.</param>
    public static IServiceCollection AddExternalSignIn(this IServiceCollection services, string section) => services
        .AddSingleton(given => new Providers(given.GetRequiredService<IConfiguration>().GetSection(section), given.GetServices<BringsProvider>()))
        .AddSingleton<OwnAddress>().AddSingleton<BrowserKey>().AddSingleton<ExternalAttempts>().AddSingleton<ExternalLogins>()
        .AddSingleton<ProviderHttp>().AddSingleton<Discovery>().AddSingleton<IdTokens>().AddSingleton<AskProvider>()
        .AddSingleton(given => new ExternalSignIn(
            given.GetRequiredService<Providers>(), given.GetRequiredService<ExternalAttempts>(), given.GetRequiredService<ExternalLogins>(), given.GetRequiredService<AskProvider>(), given.GetRequiredService<BrowserKey>(),
            given.GetRequiredService<OwnAddress>(), given.GetRequiredService<ISecretSource>(), given.GetRequiredService<ILogger<ExternalSignIn>>()))
        .AddSingleton(given => new FinishExternal(
            given.GetRequiredService<ExternalAttempts>(), given.GetRequiredService<ExternalLogins>(), given.GetRequiredService<BrowserKey>(), given.GetRequiredService<Database>(), given.GetRequiredService<ActivityLog>(), given.GetRequiredService<Ulids>(), given.GetRequiredService<TimeProvider>()));
}
