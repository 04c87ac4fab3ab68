using Holdfast.Domain.Planning;
using Holdfast.Domain.Posts;
using Holdfast.People.Sessions;
using Holdfast.Studio.Accounts;
using Holdfast.Studio.Accounts.Pages;
using Holdfast.Studio.Posts;
using Microsoft.AspNetCore.Components;

namespace Holdfast.Studio.Home;

public partial class HomePage
{
    private const int ShownProblems = 5;
    private const int ShownPosts = 5;

    private DateTimeOffset now;
    private FirstSteps steps = new();
    private bool areStepsHidden;
    private bool hasApp;
    private IReadOnlyList<ConnectionRow> connections = [];
    private IReadOnlyList<ConnectionRow> troubled = [];
    private IReadOnlyDictionary<string, int> waiting = new Dictionary<string, int>();
    private IReadOnlyList<PostView> problems = [];
    private int moreProblems;
    private IReadOnlyList<PostView> next = [];
    private IReadOnlyList<PostView> recent = [];
    private IReadOnlyDictionary<string, VideoCounts> counts = new Dictionary<string, VideoCounts>();
    private int thisWeek;

    // All set before anything runs.
    [Inject] private HomeStore Store { get; set; } = null!;

    [Inject] private PostStore Posts { get; set; } = null!;

    [Inject] private ConnectionStore Connections { get; set; } = null!;

    [Inject] private StudioTikTok TikTok { get; set; } = null!;

    [Inject] private StepsCookie Steps { get; set; } = null!;

    [Inject] private IHttpContextAccessor Http { get; set; } = null!;

    private HttpContext Context => Http.HttpContext!; // pages are only rendered in answer to a request

    /// <summary>Nothing has happened here yet: the first steps are what the page asks for.</summary>
    private bool IsNew => !steps.AreDone && !areStepsHidden;

    private string FirstName => Context.User.DisplayName().Split(' ', 2)[0];

    private string PartOfDay => PlannedTime.At(now, Workspace.Zone).Time.Hour switch
    {
        >= 5 and < 12 => "morning",
        >= 12 and < 18 => "afternoon",
        _ => "evening",
    };

    private string Summary => (thisWeek, troubled.Count + problems.Count + moreProblems) switch
    {
        (0, 0) when connections.Count == 0 => T["home.summary.new"],
        (var posts, 0) => $"{T.Count("home.summary.posts", posts)} {T["home.summary.fine"]}",
        var (posts, needs) => $"{T.Count("home.summary.posts", posts)} {T.Count("home.summary.needs", needs)}",
    };

    protected override async Task OnInitializedAsync()
    {
        var aborted = Context.RequestAborted;
        now = Clock.GetUtcNow();
        hasApp = await TikTok.HasAsync(aborted);
        steps = await Store.StepsAsync(Workspace.Id, Context.User.Id(), aborted);
        areStepsHidden = Steps.AreHidden(Context);

        connections = await Connections.ListAsync(Workspace.Id, aborted);
        // Who disconnected an account knows it; it is no news on Home.
        troubled = [.. connections.Where(row => row.State is not "disconnected" && Words.TroubleOf(row, T, Workspace.Say) is not null)];
        waiting = await Store.WaitingAsync(Workspace.Id, aborted);
        var told = troubled.Select(row => row.Id).ToHashSet(StringComparer.Ordinal);
        var unsettled = (await Posts.PageAsync(Workspace.Id, PostFilter.NeedsYou, take: 100, aborted: aborted)).Where(post => !IsToldByAccount(post, told))
            .Concat(await Store.AtRiskAsync(Workspace.Id, ShownProblems, aborted)).ToList();
        problems = [.. unsettled.Take(ShownProblems)];
        moreProblems = unsettled.Count - problems.Count;

        next = await Store.NextAsync(Workspace.Id, ShownPosts, aborted);
        thisWeek = await Store.DueBeforeAsync(Workspace.Id, now.AddDays(7), aborted);
        recent = await Posts.PageAsync(Workspace.Id, PostFilter.Published, take: ShownPosts, aborted: aborted);
        counts = await Store.CountsAsync(Workspace.Id, [.. recent.Select(post => post.VideoId).OfType<string>()], aborted);
    }

    // Twelve posts of one account that needs a sign-in are one problem with one button.
    private static bool IsToldByAccount(PostView post, HashSet<string> told) =>
        post is { State: PostState.Held, Hold: { } reason, ConnectionId: { } account } && HomeStore.AccountHolds.Contains(reason) && told.Contains(account);
}
