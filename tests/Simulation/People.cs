using System.Globalization;
using System.Web;
using Holdfast.People;
using Holdfast.People.Sessions;
using Holdfast.Platform.Authorize;
using Holdfast.Platform.Developers;
using Holdfast.Platform.SignIn;
using Holdfast.Platform.Tokens;
using Holdfast.Simulation.Stage;
using Holdfast.Storage;
using Holdfast.Studio;
using Holdfast.Studio.Media;
using Holdfast.Studio.Notices.Hooks;
using Holdfast.Studio.Posts;
using Holdfast.Studio.Workspaces;
using Holdfast.TikTok;

namespace Holdfast.Simulation;

/// <summary>A team and its creators: what they do, through the doors that people have.</summary>
internal sealed class People(World world, Life life)
{
    private static readonly TimeSpan AsksAfter = TimeSpan.FromDays(3);

    /// <summary>The team, its app and its creators' accounts; their days are planned here.</summary>
    public async Task BeginAsync()
    {
        var credentials = await world.Platform.App.KeepAppAsync("studio.app", "Holdfast Studio", "http://localhost:7400/connect/tiktok/callback/", null, callback: "http://localhost:7400/webhooks/tiktok") ?? throw new InvalidOperationException("A new Platform knows no app.");
        life.AppId = await world.Platform.Data.ReadAsync(session => session.FirstAsync<string>("select id from app")) ?? "";
        await Node.App.ConfigureTikTokAsync(new TikTokEndpoints(new Uri("https://platform.example.test"), new Uri("https://platform.example.test")), credentials.ClientKey, credentials.ClientSecret);

        var owner = (SignUpResult.Added)await Studio<PeopleStore>().SignUpAsync(new NewPerson("owner", "a password for a month", "owner@example.test"));
        life.MemberId = owner.Person.Id;
        life.WorkspaceId = (await Studio<WorkspaceStore>().AddAsync("Kiln & Tide", "Europe/Berlin", life.MemberId)).Id;
        await Studio<HookStore>().SetAsync(life.WorkspaceId, life.MemberId, "https://team.example.test/notices");
        var settings = world.Settings;
        for (var i = 0; i < settings.Accounts; i++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"creator{i:0000}");
            life.Creators.Add(new Creator { Number = i, Name = name, PersonId = await SignUpAsync(name) });
            var connected = World.Begin + settings.ConnectedWithin * world.Chance.NextDouble();
            life.Do(connected, DeedKind.Connect, i);
            for (var day = 0; day < settings.Days; day += 30)
                life.Do(connected.AddDays(day).AddMinutes(1), DeedKind.Plan, i);
            // Every third takes the access away some day; most of those come back.
            if (i % 3 == 1)
                life.Do(connected.AddDays(1 + (world.Chance.NextDouble() * (settings.Days - 1) * 0.9)), DeedKind.Remove, i);
        }
    }

    public async Task DoAsync(Deed deed)
    {
        var creator = life.Creators[deed.Creator];
        switch (deed.Kind)
        {
            case DeedKind.Connect:
                await ConnectAsync(creator);
                break;
            case DeedKind.Plan:
                await PlanAsync(creator);
                break;
            case DeedKind.Remove when !creator.IsAway:
                await RemoveAsync(creator);
                Leaves(creator, Why.Removed, comesBack: creator.Number % 9 != 1);
                break;
            case DeedKind.TokenEnds when !creator.IsAway && creator.SignedInAt.Count == deed.SignIn:
                // That happens by itself, whether or not anybody is there to note it: the power may be away, or a checkpoint wait for a quiet moment.
                Leaves(creator, Why.TokenEnded, since: deed.At);
                break;
            case DeedKind.SignInAhead when !creator.IsAway && creator.SignedInAt.Count == deed.SignIn:
                await ConnectAsync(creator);
                break;
            case DeedKind.SignInAgain when creator.IsAway:
                await SignInAgainAsync(creator);
                break;
        }
    }

    /// <summary>From now on only the person can bring it back, and will some hours after.</summary>
    public void Leaves(Creator creator, Why why, bool comesBack = true, DateTimeOffset? since = null)
    {
        if (creator.IsAway)
            return;
        creator.Absences.Add(new Absence { From = since ?? world.Now, Why = why });
        world.Trace.Say($"{creator.Name} is away: {why}");
        if (comesBack)
            life.Do(world.Now.AddHours(6 + world.Chance.Next(60)), DeedKind.SignInAgain, creator.Number);
    }

    /// <summary>Without its person: the pair turned up.</summary>
    public void ComesBack(Creator creator)
    {
        if (!creator.IsAway || creator.Absences[^1].Why is not Why.PairLost)
            return;
        creator.Absences[^1].Back = world.Now;
        world.Trace.Say($"{creator.Name} is back by itself");
    }

    private async Task SignInAgainAsync(Creator creator)
    {
        // Nobody signs in again before Studio asks for it.
        var state = await world.StudioData.Rows.ReadAsync(session => session.FirstAsync<string>("select state from connection where id = @ConnectionId", new { creator.ConnectionId }));
        if (state == "needs-sign-in")
            await ConnectAsync(creator);
        else if (world.Now - creator.Absences[^1].From < AsksAfter)
            life.Do(world.Now.AddHours(2), DeedKind.SignInAgain, creator.Number);
        else
            world.Trace.Violated($"{creator.Name} has been away since {creator.Absences[^1].From:u} and nobody was told");
    }

    // Nobody types a password here, and a thousand of them are a thousand slow hashes: they have none.
    private async Task<string> SignUpAsync(string name)
    {
        var id = world.Platform.Services.GetRequiredService<Ulids>().Next();
        await world.PlatformData.Rows.WriteAsync(session => session.RunAsync(
            "insert into person (id, user_name, display_name, password_hash, created_at) values (@id, @name, @name, '', @Now)", new { id, name, world.Now }));
        await Platform<CreatorAccounts>().EnsureCreatorAsync(id);
        return id;
    }

    /// <summary>The handshake: Studio's link, the person's consent, Studio's callback.</summary>
    private async Task ConnectAsync(Creator creator)
    {
        var node = Node;
        // Days lie between two visits: a session of its own for each.
        var member = new Browser(() => node.Server, "hf_studio_session=" + await Studio<SessionStore>().BeginAsync(life.MemberId, "simulation", "::1"));
        var (_, asked, _) = await member.OpenAsync($"http://localhost:7400/connect/tiktok/{(creator.ConnectionId.Length > 0 ? "?connection=" + creator.ConnectionId : "")}");
        var query = HttpUtility.ParseQueryString(asked!.Query); // a signed-in member is always sent on
        var scopes = query["scope"]!.Split(','); // our own client asked
        var code = await Platform<IssueCode>().RunAsync(new Approval(life.AppId, creator.PersonId, RedirectPlatform.Desktop, query["redirect_uri"]!, query["code_challenge"], scopes, scopes), null, CancellationToken.None);
        var before = world.Now;
        var (status, target, _) = await member.OpenAsync($"{query["redirect_uri"]}?code={Uri.EscapeDataString(code!)}&scopes={Uri.EscapeDataString(query["scope"]!)}&state={Uri.EscapeDataString(query["state"]!)}&iss={Uri.EscapeDataString(asked.GetLeftPart(UriPartial.Authority))}"); // nobody else answers this request
        creator.Account = await world.PlatformData.Rows.ReadAsync(session => session.FirstAsync<string>("select open_id from app_account where person_id = @PersonId", new { creator.PersonId })) ?? "";
        creator.ConnectionId = await world.StudioData.Rows.ReadAsync(session => session.FirstAsync<string>("select id from connection where open_id = @Account and connected_at >= @before", new { creator.Account, before = before + world.Host.Offset - TimeSpan.FromSeconds(1) }))
            ?? throw new InvalidOperationException($"{creator.Name} was not connected: {status} {target} {await world.StudioData.Rows.ReadAsync(session => session.FirstAsync<string>("select error_text from connect_attempt order by created_at desc"))}\n{string.Join('\n', world.Trace.Recent.TakeLast(20))}\n{string.Join('\n', world.Log.Recent.TakeLast(20))}");
        if (creator.IsAway)
            creator.Absences[^1].Back = world.Now;
        creator.SignedInAt.Add(before);
        world.Trace.Say($"{creator.Name} signed in");
        PlanEnd(creator, before);
    }

    /// <summary>Where renewing does not move the end: a third signs in ahead of it, told by Studio; the others let it come.</summary>
    private void PlanEnd(Creator creator, DateTimeOffset signedInAt)
    {
        if (!world.Settings.Dialect.HasFixedEnd)
            return;
        var ends = signedInAt + world.Settings.Dialect.Refresh;
        life.Do(ends, DeedKind.TokenEnds, creator.Number, creator.SignedInAt.Count);
        if (world.Chance.Next(3) == 0)
            life.Do(ends - (world.Settings.Dialect.Refresh * 0.16 * world.Chance.NextDouble()), DeedKind.SignInAhead, creator.Number, creator.SignedInAt.Count);
    }

    private async Task PlanAsync(Creator creator)
    {
        var days = Math.Min(30, (int)(world.Settings.End - world.Now).TotalDays);
        var count = (int)Math.Round(world.Settings.PostsAMonth * days / 30);
        if (count == 0)
            return;
        var samples = Studio<Samples>().All;
        var sample = samples[world.Chance.Next(samples.Count)];
        var media = await Studio<MediaStore>().UseSampleAsync(life.WorkspaceId, sample, life.MemberId);
        for (var i = 0; i < count; i++)
        {
            var dueAt = world.Now.AddMinutes(30 + ((i + world.Chance.NextDouble()) * days * 1440 / count));
            var caption = string.Create(CultureInfo.InvariantCulture, $"{creator.Name} post {creator.Posts++} {sample.Name}");
            await Studio<PostStore>().AddAsync(life.WorkspaceId, caption, new PostInput
            {
                ConnectionId = creator.ConnectionId,
                MediaId = media.Id,
                Caption = caption,
                Privacy = "PUBLIC_TO_EVERYONE",
                Zone = "Europe/Berlin",
                DueAt = dueAt,
                IsScheduled = true,
            }, life.MemberId);
        }
    }

    private async Task RemoveAsync(Creator creator) => await world.Platform.Data.WriteAsync(async session =>
    {
        var consent = await session.FirstAsync<string>("select id from consent where app_id = @AppId and person_id = @PersonId and ended_at is null", new { life.AppId, creator.PersonId });
        await Platform<Consents>().EndAsync(session, consent!, EndReason.Person, world.Now); // a connected creator has one
    });

    private Program Node => world.Open() ?? throw new InvalidOperationException("No node is up.");

    private T Studio<T>() where T : notnull => Node.Services.GetRequiredService<T>();

    private T Platform<T>() where T : notnull => world.Platform.Services.GetRequiredService<T>();
}
