namespace Holdfast.Studio.Help;

/// <summary>What a developer types and what TikTok answers: the same in every language.</summary>
internal static class CodeSamples
{
    public const string Pkce = """
        verifier=$(openssl rand -hex 32)
        challenge=$(printf %s "$verifier" | sha256sum | cut -d ' ' -f 1)
        """;

    public const string AuthorizationUrl = """
        https://www.tiktok.com/v2/auth/authorize/?client_key=YOUR_CLIENT_KEY&scope=user.info.basic,video.list&response_type=code&redirect_uri=http%3A%2F%2Flocalhost%3A3455%2Fcallback%2F&state=A_RANDOM_VALUE&code_challenge=64_HEX_CHARACTERS&code_challenge_method=S256
        """;

    public const string Exchange = """
        curl https://open.tiktokapis.com/v2/oauth/token/ \
          --data-urlencode client_key=YOUR_CLIENT_KEY \
          --data-urlencode client_secret=YOUR_CLIENT_SECRET \
          --data-urlencode grant_type=authorization_code \
          --data-urlencode code="$code" \
          --data-urlencode redirect_uri=http://localhost:3455/callback/ \
          --data-urlencode code_verifier="$verifier"
        """;

    /// <summary>The key of the explanation, and the words a developer sees.</summary>
    public static readonly IReadOnlyList<(string Key, string Words)> Errors =
    [
        ("client-key", "unauthorized_client · error_type=client_key"),
        ("redirect", "invalid_request · error_type=redirect_uri"),
        ("challenge", "param_error · errCode=10007"),
        ("method", "errCode=10008"),
        ("denied", "error=access_denied"),
        ("expired", "invalid_grant · Authorization code is expired."),
        ("redirect-differs", "Redirect_uri is not matched with the uri when requesting code."),
        ("verifier", "Code verifier or code challenge is invalid."),
        ("secret", "invalid_client · Client key or secret is incorrect."),
    ];
}
