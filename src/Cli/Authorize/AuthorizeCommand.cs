using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Holdfast.Storage;
using Holdfast.TikTok;

namespace Holdfast.Cli.Authorize;

/// <summary><c>holdfast authorize</c>: from nothing to tokens, or to a code, with one person's consent.</summary>
internal static class AuthorizeCommand
{
    private const string PortVariable = "HOLDFAST_PLATFORM_PORT";

    public static Command Create(TimeProvider clock, ISecretSource secrets, Terminal terminal)
    {
        var tiktok = new Option<bool>("--tiktok") { Description = $"Use TikTok itself with your own app: asks for key and secret, or takes {AuthorizeApp.KeyVariable} and {AuthorizeApp.SecretVariable} from the environment." };
        var platform = new Option<Uri>("--platform-url")
        {
            Description = "The Platform to use. With nothing running there, a temporary one with the demo app is started.",
            DefaultValueFactory = result => new Uri(string.Create(CultureInfo.InvariantCulture, $"http://localhost:{UsualPort(result)}")),
            CustomParser = result => Uri.TryCreate(result.Tokens[0].Value, UriKind.Absolute, out var uri) ? uri : Refuse(result),
        };
        var key = new Option<string?>("--client-key") { Description = "Client key of your own app; the demo app's when left out. The secret is never an argument." };
        var scope = new Option<string?>("--scope") { Description = "What to ask for, separated by commas. Default: everything at the Platform, user.info.basic at TikTok." };
        var redirect = new Option<string?>("--redirect-uri") { Description = "The redirect URI as registered. Default: http://127.0.0.1:PORT/callback/." };
        var port = new Option<int?>("--port") { Description = "The loopback port to listen on; a free one when left out.", CustomParser = result => PortNumber.Read(result, "--port", result.Tokens[0].Value) };
        var noBrowser = new Option<bool>("--no-browser") { Description = "Only show the link." };
        var paste = new Option<bool>("--paste") { Description = "The browser is on another machine: paste the address it ends up at." };
        var qr = new Option<bool>("--qr") { Description = "Show a QR code and wait until a phone has confirmed it; needs no redirect." };
        var codeOnly = new Option<bool>("--code-only") { Description = "Stop at the code; show how long it lives and the command that exchanges it." };
        var json = new Option<bool>("--json") { Description = "Print the result as one JSON object." };
        var wait = new Option<int>("--wait") { Description = "How many minutes to wait for the person.", DefaultValueFactory = _ => 10 };

        var command = new Command(
            "authorize",
            "Get an authorization code or a token pair for an account. The result goes to standard output, everything else to standard error. "
            + "Exit codes: 0 done, 1 cannot start, 2 not authorized, 3 exchange refused, 4 no answer to trust, 5 nobody came back in time, 130 stopped.")
        {
            tiktok, platform, key, scope, redirect, port, noBrowser, paste, qr, codeOnly, json, wait,
        };
        command.SetAction((parsed, stopping) => new RunAuthorize(clock, secrets, terminal, Environment.GetEnvironmentVariable).RunAsync(
            new AuthorizeSettings
            {
                TikTok = parsed.GetValue(tiktok),
                PlatformUrl = parsed.GetRequiredValue(platform),
                ClientKey = parsed.GetValue(key) is { Length: > 0 } given ? given : null,
                // Spaces will do as well: the link we make of it has TikTok's commas.
                Scopes = TikTokScopes.Parse(parsed.GetValue(scope)?.Replace(' ', ',')),
                RedirectUri = parsed.GetValue(redirect),
                Port = parsed.GetValue(port),
                NoBrowser = parsed.GetValue(noBrowser),
                Paste = parsed.GetValue(paste),
                Qr = parsed.GetValue(qr),
                CodeOnly = parsed.GetValue(codeOnly),
                Json = parsed.GetValue(json),
                Patience = TimeSpan.FromMinutes(Math.Clamp(parsed.GetValue(wait), 1, 24 * 60)),
            },
            stopping));
        return command;
    }

    private static int UsualPort(ArgumentResult result) =>
        Environment.GetEnvironmentVariable(PortVariable) is { Length: > 0 } set ? PortNumber.Read(result, PortVariable, set) : 7500;

    private static Uri Refuse(ArgumentResult result)
    {
        result.AddError(string.Create(CultureInfo.InvariantCulture, $"--platform-url takes an address such as http://localhost:7500, not \"{result.Tokens[0].Value}\"."));
        return new Uri("http://localhost");
    }
}
