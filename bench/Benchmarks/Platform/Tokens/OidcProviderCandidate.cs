namespace Holdfast.Benchmarks.Platform.Tokens;

/// <summary>node oidc-provider, with our SQLite adapter or its own memory store.</summary>
internal sealed class OidcProviderCandidate(string server, int port, bool memory) : Candidate(memory ? "oidc-provider (memory)" : "oidc-provider (SQLite)", port)
{
    private const string App = "client_id=bench-client";
    private const string Secret = "client_secret=bench-secret-0123456789abcdef0123456789";
    private const string Challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
    private const string Redirect = "https://app.example.test/callback/";

    private static readonly string Path =
        $"/auth?{App}&response_type=code&scope=user.info.basic%20video.list&redirect_uri={Uri.EscapeDataString(Redirect)}&state=bench&code_challenge={Challenge}&code_challenge_method=S256";

    private byte[]? authorize;

    public override byte[] Authorize => authorize ??= Wire.Get(Path, Cookies);

    public override byte[] Exchange(string code) => Wire.Post("/token",
        $"{App}&{Secret}&grant_type=authorization_code&code={Uri.EscapeDataString(code)}&redirect_uri={Uri.EscapeDataString(Redirect)}&code_verifier={Verifier}");

    public override byte[] Renew(string refreshToken) => Wire.Post("/token", $"{App}&{Secret}&grant_type=refresh_token&refresh_token={Uri.EscapeDataString(refreshToken)}");

    public override async Task SignInAsync()
    {
        using var wire = new Wire(Port);
        var jar = new Dictionary<string, string>();
        var answer = await FollowAsync(wire, await wire.SendAsync(Wire.Get(Path, null)), jar);
        if (answer.Header("Location")?.Contains("code=", StringComparison.Ordinal) != true)
            throw new InvalidOperationException($"oidc-provider gave no code: {answer.Status} {answer.Head}\n{answer.Body}");
        Cookies = Text(jar);
    }

    protected override string RedirectUri => Redirect;

    protected override string[] Command(string folder) => ["node", server, $"{Port}", memory ? "memory" : System.IO.Path.Combine(folder, "oidc.db")];
}
