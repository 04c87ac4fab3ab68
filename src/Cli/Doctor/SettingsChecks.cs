using Holdfast.Cli.Up;
using Holdfast.Shell.Hosting;
using Npgsql;

namespace Holdfast.Cli.Doctor;

/// <summary>Options and environment, before anything is opened.</summary>
internal static class SettingsChecks
{
    public static IEnumerable<Check> Of(UpSettings up, IConfiguration configuration)
    {
        var refused = Refusal(up);
        yield return refused is null
            ? Check.Ok("settings", $"Studio at {up.Studio.At("")}{(up.TikTok ? ", with TikTok itself" : $", the Platform at {up.Platform.At("")}")}, database {Where(up)}.")
            : Check.Fail("settings", refused, "Start doctor with the options that up is started with; if these are they, change what it names.");
        if (up.TikTok)
            yield return Keys(configuration);
        if (Proxy(configuration) is { } proxy)
            yield return Check.Ok("proxy", $"Calls to TikTok go through {proxy}.");
    }

    private static string? Refusal(UpSettings up)
    {
        try
        {
            up.Check(studio: true, platform: !up.TikTok);
            up.Studio.Check();
            if (!up.TikTok)
                up.Platform.Check();
            return null;
        }
        catch (StartupException refused)
        {
            return refused.Message;
        }
    }

    private static Check Keys(IConfiguration configuration) => (configuration["TikTok:ClientKey"], configuration["TikTok:ClientSecret"]) switch
    {
        ({ Length: > 0 }, { Length: > 0 }) => Check.Ok("app", $"{TikTokKeys.KeyVariable} and {TikTokKeys.SecretVariable} are set."),
        ({ Length: > 0 }, _) => Check.Fail("app", $"{TikTokKeys.SecretVariable} is not set.", "Copy the client secret from TikTok's developer portal into it."),
        (_, { Length: > 0 }) => Check.Fail("app", $"{TikTokKeys.KeyVariable} is not set.", "Copy the client key from TikTok's developer portal into it."),
        _ => Check.Fail("app", $"Neither {TikTokKeys.KeyVariable} nor {TikTokKeys.SecretVariable} is set.", "Copy both from TikTok's developer portal, in the shell or service that starts Studio and this."),
    };

    /// <summary>Names the server and never the password.</summary>
    private static string Where(UpSettings up)
    {
        if (up.Database is null)
            return $"SQLite in {up.Data}";
        try
        {
            var server = new NpgsqlConnectionStringBuilder(up.Database);
            return $"PostgreSQL \"{server.Database}\" at {server.Host}:{server.Port}";
        }
        catch (ArgumentException)
        {
            return "PostgreSQL (the connection string cannot be read)";
        }
    }

    private static string? Proxy(IConfiguration configuration)
    {
        var set = configuration["proxy"] ?? Environment.GetEnvironmentVariable("HTTPS_PROXY") ?? Environment.GetEnvironmentVariable("https_proxy") ?? Environment.GetEnvironmentVariable("ALL_PROXY");
        return Uri.TryCreate(set, UriKind.Absolute, out var proxy) ? $"{proxy.Host}:{proxy.Port}" : null;
    }
}
