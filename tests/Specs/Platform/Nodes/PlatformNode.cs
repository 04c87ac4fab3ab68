using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Holdfast.Specs.Platform.Nodes;

/// <summary>A Platform in a process of its own, as <c>holdfast platform --database …</c> starts it, with the demo app and the demo people.</summary>
internal sealed class PlatformNode : IAsyncDisposable
{
    public const string Redirect = "http://127.0.0.1:49152/callback/";

    private readonly Process process;
    private readonly string data;
    private readonly bool ownsData;
    private readonly HttpClient http;

    private PlatformNode(Process process, string data, bool ownsData, Uri address)
    {
        this.ownsData = ownsData;
        this.process = process;
        this.data = data;
        Address = address;
        http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, MaxConnectionsPerServer = 64 }) { BaseAddress = address };
    }

    public Uri Address { get; }

    /// <param name="database">The PostgreSQL that all nodes share.</param>
    public static Task<PlatformNode> StartAsync(string database, params (string Name, string Value)[] settings) =>
        StartAsync(database, null, settings);

    /// <param name="database"><c>null</c>: SQLite in <paramref name="folder"/>.</param>
    /// <param name="folder">A folder to find again; default: one of its own.</param>
    public static async Task<PlatformNode> StartAsync(string? database, string? folder, params (string Name, string Value)[] settings)
    {
        var (port, data) = (FreePort(), folder ?? Directory.CreateTempSubdirectory("holdfast-node").FullName);
        var program = Path.Combine(Repository.Root, "artifacts", "bin", "Cli", "release", OperatingSystem.IsWindows() ? "holdfast.exe" : "holdfast");
        var start = new ProcessStartInfo(program, ["platform", "--platform-port", $"{port}", "--data", data]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["HOLDFAST_DATABASE"] = database;
        foreach (var (name, value) in settings)
            start.Environment[$"HOLDFAST_Platform__{name}"] = value;
        var process = Process.Start(start)!; // started by name, so a new process
        var errors = process.StandardError.ReadToEndAsync();
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.StartsWith("Platform ready", StringComparison.Ordinal))
            {
                _ = process.StandardOutput.ReadToEndAsync(); // whatever else it says must not fill the pipe
                return new PlatformNode(process, data, folder is null, new Uri($"http://localhost:{port}"));
            }
        }
        throw new InvalidOperationException($"The node did not start: {await errors}");
    }

    /// <summary>A code that ada's remembered consent to the demo app gives out.</summary>
    public static async Task<string> CodeAsync(Visitor ada)
    {
        var path = $"/v2/auth/authorize/?client_key=sbawdemoclient0001&response_type=code&scope=user.info.basic%2Cvideo.list&redirect_uri={Uri.EscapeDataString(Redirect)}" +
            $"&state=s&code_challenge={PlatformUnderTest.Challenge}&code_challenge_method=S256";
        var visit = await ada.GetAsync(path);
        if (visit.Location is null)
            visit = await ada.SubmitAsync(visit, "/v2/auth/authorize/answer", ("decision", "authorize"));
        return visit.Query["code"];
    }

    public Task<TokenReply> ExchangeAsync(string code) => PostAsync("/v2/oauth/token/", Exchange(code));

    /// <summary>An exchange that the node has begun to answer and whose body it does not have yet.</summary>
    public async Task<HalfSent> BeginExchangeAsync(string code)
    {
        using var form = Form(Exchange(code));
        return await HalfSent.SendAsync(Address, await form.ReadAsStringAsync());
    }

    public Task<TokenReply> RenewAsync(string refreshToken) => PostAsync("/v2/oauth/token/", ("grant_type", "refresh_token"), ("refresh_token", refreshToken));

    public Task<TokenReply> RevokeAsync(string token) => PostAsync("/v2/oauth/revoke/", ("token", token));

    /// <summary>Whether the token opens the account's own data.</summary>
    public async Task<bool> OpensAsync(string accessToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v2/user/info/?fields=open_id");
        request.Headers.Authorization = new("Bearer", accessToken);
        using var answer = await http.SendAsync(request);
        return answer.IsSuccessStatusCode;
    }

    /// <summary>Ends the process as a power cut would; its data stays.</summary>
    public async Task KillAsync()
    {
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        if (!process.HasExited)
            await KillAsync();
        process.Dispose();
        if (ownsData)
            Directory.Delete(data, recursive: true);
    }

    private async Task<TokenReply> PostAsync(string path, params (string Name, string Value)[] fields)
    {
        using var form = Form(fields);
        using var answer = await http.PostAsync(path, form);
        return new((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    private static (string Name, string Value)[] Exchange(string code) =>
        [("grant_type", "authorization_code"), ("code", code), ("redirect_uri", Redirect), ("code_verifier", PlatformUnderTest.Verifier)];

    private static FormUrlEncodedContent Form((string Name, string Value)[] fields) =>
        new([new("client_key", "sbawdemoclient0001"), new("client_secret", "DemoSecret0123456789abcdef012345"), .. fields.Select(field => KeyValuePair.Create(field.Name, field.Value))]);

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
