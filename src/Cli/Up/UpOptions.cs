using System.CommandLine;
using System.Net;

namespace Holdfast.Cli.Up;

/// <summary>The options that start an app, shared by the commands that do.</summary>
internal sealed class UpOptions
{
    private const string DefaultData = ".holdfast";

    // Another folder: what belongs to real accounts never mixes with what belongs to the Platform's.
    private const string DefaultTikTokData = ".holdfast-tiktok";

    private readonly Option<int> studioPort = Port("--studio-port", "Studio's port.", "HOLDFAST_STUDIO_PORT", 7400);
    private readonly Option<int> platformPort = Port("--platform-port", "The Platform's port.", "HOLDFAST_PLATFORM_PORT", 7500);
    private readonly Option<string?> data = new("--data") { Description = $"Folder of databases, keys and media. Default: {DefaultData}, with --tiktok {DefaultTikTokData}." };
    private readonly Option<string?> database = new("--database") { Description = "PostgreSQL connection string, also from HOLDFAST_DATABASE, which other people on this machine cannot read. Default: SQLite in the data folder." };
    private readonly Option<bool> noDemo = new("--no-demo") { Description = "Start empty, without demo people and content." };
    private readonly Option<IPAddress?> listen = Address("--listen", "Address to listen on, for example 0.0.0.0. Default: this machine only.");
    private readonly Option<Uri?> studioUrl = Url("--studio-url", "Studio's address as people type it, for example https://studio.example.com.");
    private readonly Option<Uri?> platformUrl = Url("--platform-url", "The Platform's address as people type it.");
    private readonly Option<bool> plainHttp = new("--allow-plain-http") { Description = "Serve plain http off this machine all the way. With a proxy in front that ends TLS, give its https addresses instead." };
    private readonly Option<bool> console = new("--console") { Description = "Open the Platform's console, where things are made to go wrong. The demo on this machine has it anyway." };
    private readonly Option<bool> tiktok = new("--tiktok") { Description = "Use TikTok itself: keys from HOLDFAST_TikTok__ClientKey and HOLDFAST_TikTok__ClientSecret. No Platform is started." };

    public IEnumerable<Option> Both => [studioPort, platformPort, data, database, noDemo, listen, studioUrl, platformUrl, plainHttp, console, tiktok];

    public IEnumerable<Option> OfStudio => [studioPort, data, database, listen, studioUrl, plainHttp];

    public IEnumerable<Option> OfPlatform => [platformPort, data, database, noDemo, listen, platformUrl, plainHttp, console];

    public IEnumerable<Option> OfDoctor => [studioPort, platformPort, data, database, listen, studioUrl, platformUrl, plainHttp, tiktok];

    /// <summary>The folder that was meant, absolute.</summary>
    public static string Folder(string? given, string otherwise = DefaultData) =>
        Path.GetFullPath(given is { Length: > 0 } ? given : Environment.GetEnvironmentVariable("HOLDFAST_DATA") is { Length: > 0 } set ? set : otherwise);

    public UpSettings Read(ParseResult parsed)
    {
        var isTikTok = Given(parsed, tiktok);
        return new UpSettings
        {
            StudioPort = parsed.GetValue(studioPort) is var studio and > 0 ? studio : 7400,
            PlatformPort = parsed.GetValue(platformPort) is var platform and > 0 ? platform : 7500,
            Data = Folder(Given(parsed, data), isTikTok ? DefaultTikTokData : DefaultData),
            Database = Given(parsed, database) is { Length: > 0 } given ? given : Environment.GetEnvironmentVariable("HOLDFAST_DATABASE"),
            Demo = !isTikTok && !Given(parsed, noDemo),
            Listen = Given(parsed, listen),
            StudioUrl = Given(parsed, studioUrl),
            PlatformUrl = Given(parsed, platformUrl),
            AllowPlainHttp = Given(parsed, plainHttp),
            Console = !isTikTok && Given(parsed, console),
            TikTok = isTikTok,
        };
    }

    // An option that this command does not have was not given.
    private static T? Given<T>(ParseResult parsed, Option<T> option) => parsed.GetResult(option) is null ? default : parsed.GetValue(option);

    private static Option<int> Port(string name, string description, string variable, int otherwise) => new(name)
    {
        Description = $"{description} Also from {variable}.",
        DefaultValueFactory = result => Environment.GetEnvironmentVariable(variable) is { Length: > 0 } set ? PortNumber.Read(result, variable, set) : otherwise,
        CustomParser = result => PortNumber.Read(result, name, result.Tokens[0].Value),
    };

    private static Option<IPAddress?> Address(string name, string description) => new(name)
    {
        Description = description,
        CustomParser = result =>
        {
            if (IPAddress.TryParse(result.Tokens[0].Value, out var address))
                return address;
            result.AddError($"{name} takes an IP address such as 0.0.0.0, not \"{result.Tokens[0].Value}\". The port comes from --studio-port and --platform-port.");
            return null;
        },
    };

    private static Option<Uri?> Url(string name, string description) => new(name)
    {
        Description = description,
        CustomParser = result =>
        {
            if (Uri.TryCreate(result.Tokens[0].Value, UriKind.Absolute, out var url)
                && url is { Scheme: "http" or "https", PathAndQuery: "/", Fragment: "", UserInfo: "" })
            {
                return url;
            }
            result.AddError($"{name} takes scheme and host such as https://studio.example.com, not \"{result.Tokens[0].Value}\".");
            return null;
        },
    };
}
