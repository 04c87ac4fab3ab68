using Holdfast.Platform.Api;
using Holdfast.Storage.Work;

namespace Holdfast.Platform.Tokens;

internal static class TokensFeature
{
    public static IServiceCollection AddTokens(this IServiceCollection services)
    {
        services.AddOptions<TokenOptions>().BindConfiguration("Platform:Tokens").ValidateDataAnnotations().ValidateOnStart();
        services.AddDueWork<TidyTokens>();
        services.AddSingleton<RecentExchanges>().AddHostedService(provider => provider.GetRequiredService<RecentExchanges>());
        return services
            .AddSingleton<LogIds>().AddSingleton<TokenText>().AddSingleton<AccessTokens>().AddSingleton<ClientApps>()
            .AddSingleton<DeadCodes>().AddSingleton<AuthorizationEvents>().AddSingleton<Consents>()
            .AddSingleton<ExchangeCode>().AddSingleton<RenewTokens>().AddSingleton<GrantClientToken>().AddSingleton<RevokeAccess>();
    }
}
