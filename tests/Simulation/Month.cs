using System.Globalization;
using System.Web;
using Holdfast.People;
using Holdfast.People.Sessions;
using Holdfast.Platform.Authorize;
using Holdfast.Platform.Developers;
using Holdfast.Platform.SignIn;
using Holdfast.Platform.Tokens;
using Holdfast.Simulation.Stage;
using Holdfast.Studio;
using Holdfast.Studio.Media;
using Holdfast.Studio.Posts;
using Holdfast.Studio.Workspaces;
using Holdfast.TikTok;

namespace Holdfast.Simulation;

/// <summary>A month of a team's life: accounts connected, posts planned, access taken away and given again, while the wire and the power fail.</summary>
internal sealed class Month : IDisposable
{
    private readonly List<Creator> creators = [];
    private string workspaceId = "";
    private string memberId = "";
    private string appId = "";

    public Month(WorldSettings settings, Action<Month>? sabotage = null)
    {
        World = new World(settings);
        Fairly(PrepareAsync);
        sabotage?.Invoke(this);
    }

    public World World { get; }

    public IReadOnlyList<Creator> Creators => creators;

    public string WorkspaceId => workspaceId;

    /// <summary>Runs the month, then two quiet days in which everything under way comes to its end.</summary>
    public Report Run()
    {
        var end = World.Begin.AddDays(World.Settings.Days);
        foreach (var (at, deed) in Deeds(end).OrderBy(deed => deed.At))
        {
            World.Pump.RunUntil(at);
            Fairly(deed);
        }
        World.Pump.RunUntil(end);
        World.Weather.Fair = true;
        World.Crashes.Paused = true;
        World.Pump.RunUntil(end.AddDays(2));
        return World.Pump.Do(() => Report.MakeAsync(this), TimeSpan.FromMinutes(10));
    }

    public void Dispose() => World.Dispose();

    /// <summary>What people do meanwhile: at these instants the weather holds and the power stays.</summary>
    private IEnumerable<(DateTimeOffset At, Func<Task> Deed)> Deeds(DateTimeOffset end)
    {
        foreach (var creator in creators)
        {
            if (creator.RemovedAt is { } removed && removed < end)
                yield return (removed, () => RemoveAsync(creator));
            if (creator.SignsInAgainAt is { } again && again < end)
                yield return (again, () => ConnectAsync(creator));
        }
    }

    private void Fairly(Func<Task> deed)
    {
        World.Pump.Do(async () =>
        {
            // A person waits until the page is there before pressing anything.
            while (World.Studio.Door.IsDead)
                await World.Clock.After(TimeSpan.FromSeconds(1));
            (World.Weather.Fair, World.Crashes.Paused) = (true, true);
            await deed();
            (World.Weather.Fair, World.Crashes.Paused) = (false, false);
            return true;
        }, TimeSpan.FromHours(1));
    }

    private async Task PrepareAsync()
    {
        var credentials = await World.Platform.App.KeepAppAsync("studio.app", "Holdfast Studio", "http://localhost:7400/connect/tiktok/callback/", null) ?? throw new InvalidOperationException("A new Platform knows no app.");
        appId = await World.Platform.Data.ReadAsync(session => session.FirstAsync<string>("select id from app")) ?? "";
        if (World.Settings.MayLoseRenewalAnswers)
            await World.Platform.Data.WriteAsync(session => session.RunAsync("update app set refresh_mode = 'grace'"));
        await World.Studio.App.ConfigureTikTokAsync(new TikTokEndpoints(new Uri("https://platform.example.test"), new Uri("https://platform.example.test")), credentials.ClientKey, credentials.ClientSecret);

        var owner = (SignUpResult.Added)await Studio<PeopleStore>().SignUpAsync(new NewPerson("owner", "a password for a month"));
        memberId = owner.Person.Id;
        workspaceId = (await Studio<WorkspaceStore>().AddAsync("Kiln & Tide", "Europe/Berlin", memberId)).Id;
        for (var i = 0; i < World.Settings.Accounts; i++)
            await AddCreatorAsync(i);
    }

    private async Task AddCreatorAsync(int number)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"creator{number:00}");
        var person = (SignUpResult.Added)await Platform<CreatorAccounts>().SignUpAsync(new NewPerson(name, "a password for a month"));
        // Every third takes the access away some day; most of those come back.
        var removed = number % 3 == 1 ? World.Begin.AddDays(1 + World.Chance.NextDouble() * (World.Settings.Days - 1) * 0.7) : (DateTimeOffset?)null;
        var creator = new Creator
        {
            Name = name,
            PersonId = person.Person.Id,
            RemovedAt = removed,
            SignsInAgainAt = number % 9 == 1 ? null : removed?.AddHours(6 + World.Chance.Next(60)),
        };
        creators.Add(creator);
        await ConnectAsync(creator);
        await PlanAsync(creator);
    }

    /// <summary>The handshake: Studio's link, the person's consent, Studio's callback.</summary>
    private async Task ConnectAsync(Creator creator)
    {
        // Days lie between two visits: a session of its own for each.
        var member = new Browser(() => World.Studio.Server, "hf_studio_session=" + await Studio<SessionStore>().BeginAsync(memberId, "simulation", "::1"));
        var (_, asked, _) = await member.OpenAsync($"http://localhost:7400/connect/tiktok/{(creator.ConnectionId.Length > 0 ? "?connection=" + creator.ConnectionId : "")}");
        var query = HttpUtility.ParseQueryString(asked!.Query); // a signed-in member is always sent on
        var scopes = query["scope"]!.Split(','); // our own client asked
        var code = await Platform<IssueCode>().RunAsync(new Approval(appId, creator.PersonId, RedirectPlatform.Desktop, query["redirect_uri"]!, query["code_challenge"], scopes, scopes), null, CancellationToken.None);
        var (status, target, _) = await member.OpenAsync($"{query["redirect_uri"]}?code={Uri.EscapeDataString(code!)}&scopes={Uri.EscapeDataString(query["scope"]!)}&state={Uri.EscapeDataString(query["state"]!)}"); // nobody else answers this request
        creator.ConnectionId = await World.Studio.Data.ReadAsync(session => session.FirstAsync<string>("select id from connection where display_name = @Name or username = @Name", new { creator.Name }))
            ?? throw new InvalidOperationException($"{creator.Name} was not connected: {status} {target} {await World.Studio.Data.ReadAsync(session => session.FirstAsync<string>("select error_text from connect_attempt order by created_at desc"))}\n{string.Join('\n', World.Trace.Recent.TakeLast(20))}\n{string.Join('\n', World.Log.Recent.TakeLast(20))}");
        World.Trace.Say($"{creator.Name} signed in");
    }

    private async Task PlanAsync(Creator creator)
    {
        var sample = Studio<Samples>().All[World.Chance.Next(Studio<Samples>().All.Count)];
        var media = await Studio<MediaStore>().UseSampleAsync(workspaceId, sample, memberId);
        for (var day = 0; day < World.Settings.Days; day++)
        {
            var caption = string.Create(CultureInfo.InvariantCulture, $"{creator.Name} day {day:00} {sample.Name}");
            var dueAt = World.Begin.AddDays(day).AddMinutes(30 + World.Chance.Next(1380));
            creator.Posts.Add((caption, dueAt));
            await Studio<PostStore>().AddAsync(workspaceId, caption, new PostInput
            {
                ConnectionId = creator.ConnectionId,
                MediaId = media.Id,
                Caption = caption,
                Privacy = "PUBLIC_TO_EVERYONE",
                Zone = "Europe/Berlin",
                DueAt = dueAt,
                IsScheduled = true,
            }, memberId);
        }
    }

    private async Task RemoveAsync(Creator creator)
    {
        await World.Platform.Data.WriteAsync(async session =>
        {
            var consent = await session.FirstAsync<string>("select id from consent where app_id = @appId and person_id = @PersonId and ended_at is null", new { appId, creator.PersonId });
            await Platform<Consents>().EndAsync(session, consent!, EndReason.Person, World.Now); // a connected creator has one
        });
        World.Trace.Say($"{creator.Name} removed the access");
    }

    private T Studio<T>() where T : notnull => World.Studio.Services.GetRequiredService<T>();

    private T Platform<T>() where T : notnull => World.Platform.Services.GetRequiredService<T>();
}
