using Holdfast.TikTok;

namespace Holdfast.Cli.Authorize;

/// <summary>The app every demo Platform offers to developers. Its secret is public: it exists only with demo content and only on loopback.</summary>
internal static class DemoApp
{
    public const string ClientKey = "sbawdemoclient0001";
    public const string ClientSecret = "DemoSecret0123456789abcdef012345";

    public static ClientCredentials Credentials { get; } = new(ClientKey, new(ClientSecret));

    public static IReadOnlyList<string> Scopes { get; } =
    [
        TikTokScopes.UserInfoBasic, TikTokScopes.UserInfoProfile, TikTokScopes.UserInfoStats, TikTokScopes.VideoList, TikTokScopes.VideoPublish, TikTokScopes.VideoUpload,
    ];
}
