using Holdfast.People.Letters;
using Holdfast.Specs.Studio.Accounts;
using Holdfast.Storage;
using Holdfast.Storage.Work;
using Holdfast.Studio.Notices;
using Holdfast.Studio.Notices.Endings;
using Holdfast.Studio.Notices.Hooks;

namespace Holdfast.Specs.Studio.Notices;

/// <summary>The real Studio with a mail server and members' servers of ours at its edge; its workers run when a spec says so.</summary>
/// <remarks>The workspace has two members: Maren, its owner, and Jonas.</remarks>
internal sealed class NoticesUnderTest : IAsyncDisposable
{
    public const string Owner = "owner@example.test";
    public const string Jonas = "jonas@example.test";

    public static readonly FakeAccount Ada = new("open-ada", "Ada");

    private NoticesUnderTest(StudioUnderTest studio, KeptMail mail, KeptCalls calls) => (Studio, Mail, Calls) = (studio, mail, calls);

    public StudioUnderTest Studio { get; }
    public KeptMail Mail { get; }
    public KeptCalls Calls { get; }
    public TestClock Clock => Studio.Clock;
    public string Workspace => Studio.Workspace;
    public Database Database => Studio.Database;

    /// <param name="beside">Another process on the same database: it shares that, the clock, TikTok and the edges.</param>
    public static async Task<NoticesUnderTest> StartAsync(Engine engine = Engine.Sqlite, NoticesUnderTest? beside = null)
    {
        var (mail, calls) = (beside?.Mail ?? new KeptMail(), beside?.Calls ?? new KeptCalls());
        var studio = await StudioUnderTest.CreateAsync(engine, beside?.Studio, services =>
        {
            services.Configure<MailOptions>(options => (options.Host, options.From, options.StartTls) = ("127.0.0.1", "studio@example.test", false));
            services.AddSingleton<IMailCarrier>(mail).AddSingleton<IHookCaller>(calls);
        });
        return new NoticesUnderTest(studio, mail, calls);
    }

    /// <summary>Everything that tells people and is due now.</summary>
    public async Task WorkAsync()
    {
        IDueWork[] work = [Studio.Get<EndingDue>(), Studio.Get<TellDue>(), Studio.Get<WriteLetters>(), Studio.Get<SendLetters>(), Studio.Get<CallHooks>()];
        for (var turns = 0; ; turns++)
        {
            Assert.True(turns < 200, "The workers do not come to rest.");
            var more = false;
            foreach (var one in work)
                more |= await one.RunDueAsync(CancellationToken.None);
            if (!more)
                return;
        }
    }

    /// <summary>Works now, and at every step until the time is over.</summary>
    public async Task WorkForAsync(TimeSpan time, TimeSpan step)
    {
        await WorkAsync();
        for (var until = Clock.GetUtcNow() + time; Clock.GetUtcNow() < until;)
        {
            Clock.Advance(step);
            await WorkAsync();
        }
    }

    public Task<string> ConnectAsync(string? reconnect = null) => Studio.ConnectAsync(Ada, reconnect: reconnect);

    /// <summary>Ada removed the app at TikTok, and the next renewal found out.</summary>
    public async Task LoseAsync(string connection)
    {
        Studio.TikTok.Remove(Ada);
        await Studio.AdvanceToRenewalAsync(connection);
        await Studio.RenewDueAsync();
        Assert.Equal("needs-sign-in", (await Studio.RowAsync(connection)).State);
    }

    public Task<IReadOnlyList<NoticeRow>> ListAsync(bool onlyNew = false, string? person = null) => Studio.Get<NoticeStore>().ListAsync(Workspace, person ?? Studio.Owner, onlyNew);

    public async Task<string> JonasIdAsync() => (await Studio.Get<Holdfast.People.PeopleStore>().FindByUserNameAsync("jonas"))!.Id; // the demo made him

    public ValueTask DisposeAsync() => Studio.DisposeAsync();
}
