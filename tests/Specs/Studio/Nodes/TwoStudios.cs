using System.Globalization;
using Holdfast.People;
using Holdfast.Platform;
using Holdfast.Platform.Authorize;
using Holdfast.Platform.Developers;
using Holdfast.Shell.Hosting;
using Holdfast.Specs.Platform;
using Holdfast.Storage;
using Holdfast.Studio;
using Holdfast.Studio.Accounts;
using Holdfast.Studio.Accounts.Connect;
using Holdfast.Studio.Media;
using Holdfast.Studio.Posts;
using Holdfast.Studio.Workspaces;
using Holdfast.TikTok.OAuth;
using Npgsql;

namespace Holdfast.Specs.Studio.Nodes;

/// <summary>A Platform in this process, and a PostgreSQL on which Studio's nodes work, with accounts connected and posts planned.</summary>
internal sealed class TwoStudios : IAsyncDisposable
{
    private const string Redirect = "http://localhost:7400/connect/tiktok/callback/";

    private readonly string server;
    private readonly string name;
    private readonly string folder = Directory.CreateTempSubdirectory("holdfast-studios").FullName;
    private readonly WebApplication platform;
    private readonly WebApplication studio;
    private readonly Dictionary<string, string> settings;

    private TwoStudios(string server, string name, WebApplication platform, RenewalWatch watch, WebApplication studio, Dictionary<string, string> settings) =>
        (this.server, this.name, this.platform, Watch, this.studio, this.settings) = (server, name, platform, watch, studio, settings);

    public RenewalWatch Watch { get; }

    public Database Studio => studio.Services.GetRequiredService<Database>();

    public Database Platform => platform.Services.GetRequiredService<Database>();

    public static async Task<TwoStudios> StartAsync(string server, int accounts, int posts, Random dice)
    {
        var name = "studios" + Convert.ToHexStringLower(new SystemSecrets().Bytes(6));
        await RunAsync(server, $"create database {name}");
        var folder = Directory.CreateTempSubdirectory("holdfast-studios-platform").FullName;
        var watch = new RenewalWatch(dice);
        var platform = PlatformApp.Build(new AppOptions { Url = new Uri("http://localhost:0"), Data = folder }, TestClock.System, builder =>
        {
            builder.Configuration["Platform:Tokens:RefreshMode"] = "Grace";
            builder.Configuration["Platform:Tokens:AccessFor"] = "00:10:00";
            builder.Configuration["Platform:Posting:Ffmpeg"] = "";
            builder.Services.AddSingleton<IStartupFilter>(watch);
        });
        await platform.StartReadyAsync();
        var credentials = await platform.KeepAppAsync("studio.app", "Holdfast Studio", Redirect, null) ?? throw new InvalidOperationException("A new Platform knows no app.");
        var address = platform.BoundAddress().GetLeftPart(UriPartial.Authority);
        var settings = new Dictionary<string, string>
        {
            ["DATABASE"] = new NpgsqlConnectionStringBuilder(server) { Database = name, MaxPoolSize = 12 }.ConnectionString,
            ["KEYS"] = Convert.ToBase64String(new SystemSecrets().Bytes(32)),
            ["TikTok__ClientKey"] = credentials.ClientKey,
            ["TikTok__ClientSecret"] = credentials.ClientSecret,
            ["TikTok__AuthorizeBase"] = address,
            ["TikTok__ApiBase"] = address,
            ["KeepAlive__RenewalsPerMinute"] = "60000",
        };
        // Never started: it lends its services for what people would do.
        var studio = StudioApp.Build(new AppOptions { Url = new Uri("http://localhost:7400"), Data = folder + "-studio", Database = settings["DATABASE"] }, TestClock.System, builder =>
        {
            foreach (var (key, value) in settings)
                builder.Configuration[key.Replace("__", ":", StringComparison.Ordinal)] = value;
        });
        await studio.MigrateAsync();
        var two = new TwoStudios(server, name, platform, watch, studio, settings);
        await two.SeedAsync(accounts, posts);
        return two;
    }

    /// <summary>A node; it shares media with the others, as all nodes of an installation do.</summary>
    public Task<StudioNode> NodeAsync(int number) => StudioNode.StartAsync(Path.Combine(folder, $"node{number}"), settings);

    public async ValueTask DisposeAsync()
    {
        await studio.DisposeAsync();
        await platform.DisposeAsync();
        NpgsqlConnection.ClearAllPools();
        await RunAsync(server, $"drop database {name} with (force)");
        Directory.Delete(folder, recursive: true);
    }

    private async Task SeedAsync(int accounts, int posts)
    {
        var (people, store) = (studio.Services.GetRequiredService<PeopleStore>(), studio.Services.GetRequiredService<PostStore>());
        var owner = ((SignUpResult.Added)await people.SignUpAsync(new NewPerson("owner", "a password for nodes"))).Person.Id;
        var workspace = (await studio.Services.GetRequiredService<WorkspaceStore>().AddAsync("Kiln & Tide", "Europe/Berlin", owner)).Id;
        var samples = studio.Services.GetRequiredService<Samples>();
        var media = await studio.Services.GetRequiredService<MediaStore>().UseSampleAsync(workspace, samples.All[0], owner);
        for (var i = 0; i < accounts; i++)
        {
            var connection = await ConnectAsync(workspace, owner, $"creator{i:000}");
            for (var post = 0; post < posts; post++)
            {
                var caption = string.Create(CultureInfo.InvariantCulture, $"creator{i:000} post {post}");
                await store.AddAsync(workspace, caption, new PostInput
                {
                    ConnectionId = connection,
                    MediaId = media.Id,
                    Caption = caption,
                    Privacy = "PUBLIC_TO_EVERYONE",
                    Zone = "Europe/Berlin",
                    DueAt = TestClock.System.GetUtcNow().AddSeconds(5 + (post * 40) + (i % 5)),
                    IsScheduled = true,
                }, owner);
            }
        }
    }

    private async Task<string> ConnectAsync(string workspace, string owner, string creator)
    {
        var (id, now) = (platform.Services.GetRequiredService<Ulids>().Next(), TestClock.System.GetUtcNow());
        await Platform.WriteAsync(session => session.RunAsync("insert into person (id, user_name, display_name, password_hash, created_at) values (@id, @creator, @creator, '', @now)", new { id, creator, now }));
        await platform.Services.GetRequiredService<Holdfast.Platform.SignIn.CreatorAccounts>().EnsureCreatorAsync(id);
        var app = await Platform.ReadAsync(session => session.FirstAsync<string>("select id from app")) ?? "";
        string[] scopes = ["user.info.basic", "user.info.profile", "user.info.stats", "video.list", "video.publish", "video.upload"];
        var code = await platform.Services.GetRequiredService<IssueCode>().RunAsync(new Approval(app, id, RedirectPlatform.Desktop, Redirect, PlatformUnderTest.Challenge, scopes, scopes), null, CancellationToken.None);
        var tiktok = await studio.Services.GetRequiredService<StudioTikTok>().FindAsync() ?? throw new InvalidOperationException("TikTok is configured.");
        var answer = await tiktok.Client.Tokens.ExchangeAsync(tiktok.Credentials, new AuthorizationCode(code!), Redirect, new CodeVerifier(PlatformUnderTest.Verifier), CancellationToken.None); // nobody else answers this request
        var grant = Assert.IsType<TokenOutcome.Granted>(answer).Grant;
        var attempt = new ConnectAttempt { Id = id, WorkspaceId = workspace, PersonId = owner, ClientKey = tiktok.Credentials.ClientKey };
        return (await studio.Services.GetRequiredService<SaveConnection>().RunAsync(attempt, grant)).ResultId!; // it is connected
    }

    private static async Task RunAsync(string server, string sql)
    {
        await using var source = NpgsqlDataSource.Create(server);
#pragma warning disable CA2100 // the name is made of hexadecimal digits
        await using var command = source.CreateCommand(sql);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }
}
