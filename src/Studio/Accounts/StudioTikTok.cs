using Holdfast.Shell.Hosting;
using Holdfast.Shell.Sealing;
using Holdfast.Storage;
using Holdfast.TikTok;

namespace Holdfast.Studio.Accounts;

/// <summary>TikTok as this installation reaches it: the app's credentials and where the protocol is spoken.</summary>
/// <remarks>Configuration (<c>TikTok:ClientKey</c>, <c>ClientSecret</c>, <c>AuthorizeBase</c>, <c>ApiBase</c>) stands before what is stored.</remarks>
internal sealed class StudioTikTok(Database database, SecretSeal seal, IConfiguration configuration, TikTokWire wire, TimeProvider clock)
{
    private const string Default = "default";

    // Slower than most answers and shorter than a claim's lease: nobody else asks while this call is out.
    private static readonly TikTokDeadlines Deadlines = new() { Token = TimeSpan.FromSeconds(75) };

    /// <summary>For how long an answer to a renewal is waited for.</summary>
    public static TimeSpan LongestQuestion => Deadlines.Token;

    private readonly HttpClient http = TikTokHttp.CreateClient(wire.Handler);

    // One client per pair of addresses ever used: it holds nothing but them.
    private TikTokClient? latest;

    /// <summary>The app and a client for its TikTok; <c>null</c> while nobody has configured one.</summary>
    /// <exception cref="SealedSecretException">The stored secret cannot be opened with the keys there are.</exception>
    public async Task<TikTokApp?> FindAsync(CancellationToken aborted = default)
    {
        var section = configuration.GetSection("TikTok");
        if (section["ClientKey"] is { Length: > 0 } key && section["ClientSecret"] is { Length: > 0 } secret)
        {
            return new TikTokApp(
                new ClientCredentials(key, new ClientSecret(secret)),
                ClientFor(new TikTokEndpoints(Base(section["AuthorizeBase"], TikTokEndpoints.Default.Authorize), Base(section["ApiBase"], TikTokEndpoints.Default.Api))));
        }

        return await StoredAsync(aborted);
    }

    /// <summary>The stored app, whatever the configuration says.</summary>
    /// <exception cref="SealedSecretException">The stored secret cannot be opened with the keys there are.</exception>
    public async Task<TikTokApp?> StoredAsync(CancellationToken aborted = default)
    {
        var row = await database.ReadAsync(session => session.FirstAsync<Row>("select client_key, client_secret, authorize_base, api_base from tiktok_app where id = @id", new { id = Default }), aborted);
        return row is null ? null : new TikTokApp(
            new ClientCredentials(row.ClientKey, new ClientSecret(seal.Open(row.ClientSecret, Place))),
            ClientFor(new TikTokEndpoints(new Uri(row.AuthorizeBase), new Uri(row.ApiBase))));
    }

    /// <summary>Reads the configuration once, so that a wrong one stops the start instead of the first renewal.</summary>
    /// <exception cref="StartupException">An address is unusable or unsafe, or half of the credentials is missing.</exception>
    public void CheckConfiguration()
    {
        var section = configuration.GetSection("TikTok");
        if (string.IsNullOrEmpty(section["ClientKey"]) != string.IsNullOrEmpty(section["ClientSecret"]))
            throw new StartupException("HOLDFAST_TikTok__ClientKey and HOLDFAST_TikTok__ClientSecret belong together: set both or neither.");
        try
        {
            _ = new TikTokEndpoints(Base(section["AuthorizeBase"], TikTokEndpoints.Default.Authorize), Base(section["ApiBase"], TikTokEndpoints.Default.Api));
            _ = section["ClientSecret"] is { Length: > 0 } secret ? new ClientSecret(secret) : null;
        }
        catch (Exception wrong) when (wrong is ArgumentException or UriFormatException)
        {
            throw new StartupException($"The TikTok settings cannot be used: {wrong.Message}", wrong);
        }
    }

    public async Task<bool> HasAsync(CancellationToken aborted = default) =>
        configuration["TikTok:ClientKey"] is { Length: > 0 }
        || await database.ReadAsync(async session => await session.FirstAsync<long>("select count(*) from tiktok_app") > 0, aborted);

    /// <summary>Where the protocol is spoken, without opening the secret; <c>null</c> while nobody has configured an app.</summary>
    public async Task<TikTokEndpoints?> EndpointsAsync(CancellationToken aborted = default)
    {
        if (configuration["TikTok:ClientKey"] is { Length: > 0 })
            return new TikTokEndpoints(Base(configuration["TikTok:AuthorizeBase"], TikTokEndpoints.Default.Authorize), Base(configuration["TikTok:ApiBase"], TikTokEndpoints.Default.Api));
        var row = await database.ReadAsync(session => session.FirstAsync<Row>("select authorize_base, api_base from tiktok_app where id = @id", new { id = Default }), aborted);
        return row is null ? null : new TikTokEndpoints(new Uri(row.AuthorizeBase), new Uri(row.ApiBase));
    }

    /// <summary>Whether TikTok is on this machine: our own Platform.</summary>
    public async Task<bool> IsLocalAsync(CancellationToken aborted = default)
    {
        var configured = configuration["TikTok:ClientKey"] is { Length: > 0 } ? configuration["TikTok:ApiBase"] ?? TikTokEndpoints.Default.Api.OriginalString : null;
        var api = configured ?? await database.ReadAsync(session => session.FirstAsync<string>("select api_base from tiktok_app where id = @id", new { id = Default }), aborted);
        return Uri.TryCreate(api, UriKind.Absolute, out var uri) && uri.IsLoopback;
    }

    /// <summary>Stores the app; storing it again replaces it.</summary>
    public Task SaveAsync(TikTokEndpoints endpoints, ClientCredentials credentials, CancellationToken aborted = default) =>
        database.WriteAsync(session => session.RunAsync("""
            insert into tiktok_app (id, client_key, client_secret, authorize_base, api_base, saved_at)
            values (@id, @ClientKey, @secret, @authorize, @api, @now)
            on conflict (id) do update set
              client_key = excluded.client_key, client_secret = excluded.client_secret,
              authorize_base = excluded.authorize_base, api_base = excluded.api_base, saved_at = excluded.saved_at
            """, new
        {
            id = Default,
            credentials.ClientKey,
            secret = seal.Close(credentials.ClientSecret.Reveal(), Place),
            authorize = endpoints.Authorize.OriginalString,
            api = endpoints.Api.OriginalString,
            now = clock.GetUtcNow(),
        }), aborted);

    private static SealedPlace Place => new("tiktok_app", "client_secret", Default);

    private static Uri Base(string? configured, Uri otherwise) => configured is { Length: > 0 } ? new Uri(configured) : otherwise;

    private TikTokClient ClientFor(TikTokEndpoints endpoints)
    {
        var client = latest;
        return client is not null && client.Endpoints == endpoints ? client : latest = new TikTokClient(endpoints, http, clock, Deadlines);
    }

    private sealed record Row
    {
        public string ClientKey { get; init; } = "";
        public byte[] ClientSecret { get; init; } = [];
        public string AuthorizeBase { get; init; } = "";
        public string ApiBase { get; init; } = "";
    }
}

/// <summary>One app and a client for the TikTok it is registered at.</summary>
internal sealed record TikTokApp(ClientCredentials Credentials, TikTokClient Client)
{
    /// <summary>The other end is on this machine: our own Platform, where looking often costs nobody anything.</summary>
    public bool IsLocal => Client.Endpoints.Api.IsLoopback;

    /// <summary>Scheme, host and port of the consent page: what names this platform among others (RFC 9207).</summary>
    public string Issuer => Client.Endpoints.Authorize.GetLeftPart(UriPartial.Authority);

    /// <summary>It says so itself in every answer when asked to. TikTok names itself nowhere.</summary>
    public bool NamesItself => !Client.Endpoints.IsTikTok;
}

/// <summary>How bytes reach TikTok: the network, or in specs and the simulation a handler in this process.</summary>
/// <param name="Handler">Must not follow redirects nor keep cookies.</param>
public sealed record TikTokWire(HttpMessageHandler Handler);
