using Holdfast.Platform.Api;

namespace Holdfast.Platform.Tokens;

internal static class TokensFeature
{
    public static IServiceCollection AddTokens(this IServiceCollection services) =>
        services.AddSingleton<LogIds>().AddSingleton<TokenText>().AddSingleton<AccessTokens>();
}
