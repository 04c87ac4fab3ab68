using System.Text.RegularExpressions;

namespace Holdfast.Benchmarks.Platform.Tokens;

/// <summary>Our Platform as people start it, with its demo app and demo people, on its own SQLite file.</summary>
internal sealed class PlatformCandidate(string program, int port) : Candidate("Platform (SQLite)", port)
{
    private const string App = "client_key=sbawdemoclient0001";
    private const string Secret = "client_secret=DemoSecret0123456789abcdef012345";
    private const string Challenge = "13d31e961a1ad8ec2f16b10c4c982e0876a878ad6df144566ee1894acb70f9c3";

    private const string Redirect = "http://127.0.0.1:49152/callback/";

    private static readonly string Path =
        $"/v2/auth/authorize/?{App}&response_type=code&scope=user.info.basic%2Cvideo.list&redirect_uri={Uri.EscapeDataString(Redirect)}&state=bench&code_challenge={Challenge}&code_challenge_method=S256";

    private byte[]? authorize;

    public override byte[] Authorize => authorize ??= Wire.Get(Path, Cookies);

    public override byte[] Exchange(string code) => Wire.Post("/v2/oauth/token/",
        $"{App}&{Secret}&grant_type=authorization_code&code={Uri.EscapeDataString(code)}&redirect_uri={Uri.EscapeDataString(Redirect)}&code_verifier={Verifier}");

    public override byte[] Renew(string refreshToken) => Wire.Post("/v2/oauth/token/", $"{App}&{Secret}&grant_type=refresh_token&refresh_token={Uri.EscapeDataString(refreshToken)}");

    public override async Task SignInAsync()
    {
        using var wire = new Wire(Port);
        var jar = new Dictionary<string, string>();
        var page = await FollowAsync(wire, await wire.SendAsync(Wire.Get(Path, null)), jar);
        page = await FollowAsync(wire, await wire.SendAsync(Wire.Post("/login",
            $"username=ada&password=platform-demo-1&next={Uri.EscapeDataString(Path)}&__RequestVerificationToken={Uri.EscapeDataString(Value(page.Body, "__RequestVerificationToken"))}", Text(jar))), jar);
        var answer = await FollowAsync(wire, await wire.SendAsync(Wire.Post("/v2/auth/authorize/answer",
            $"request={Value(page.Body, "request")}&scope=user.info.basic&scope=video.list&decision=authorize&__RequestVerificationToken={Uri.EscapeDataString(Value(page.Body, "__RequestVerificationToken"))}", Text(jar))), jar);
        if (answer.Header("Location")?.Contains("code=", StringComparison.Ordinal) != true)
            throw new InvalidOperationException($"The Platform gave no code: {answer.Status} {answer.Head}");
        Cookies = Text(jar);
    }

    protected override string RedirectUri => Redirect;

    protected override string[] Command(string folder) => [program, "platform", "--platform-port", $"{Port}", "--data", folder];

    private static string Value(string page, string name) => Regex.Match(page, $"name=\"{name}\"[^>]*value=\"([^\"]+)\"").Groups[1].Value is { Length: > 0 } value
        ? value
        : throw new InvalidOperationException($"No field {name} on the page: {page}");
}
