using Holdfast.Domain.Trouble;
using Holdfast.Shell.Guards;
using Holdfast.Shell.Pages;
using Holdfast.Studio.Accounts;
using Holdfast.Studio.Accounts.Connect;
using Microsoft.Extensions.Options;

namespace Holdfast.Studio.Help.Trouble;

/// <summary><c>/help/trouble</c>: real checks for the four problems, and their true cause.</summary>
internal static class TroubleEndpoints
{
    public const string SignInHelp = "/sign-in/trouble";

    public static void AddTrouble(this IServiceCollection services) =>
        services.AddSingleton<AskTikTok>().AddSingleton<RecentAttempts>().AddSingleton<AccountsInTrouble>().AddSingleton<GatherFacts>().AddSingleton<BrowserReport>().AddScoped<Examine>();

    public static void Map(IEndpointRouteBuilder routes, IEndpointRouteBuilder help)
    {
        help.MapGet("/trouble", () => Page.Show<TroublePage>());
        help.MapGet("/trouble/window", (string? ticket) => Page.Show<WindowPage>(new { Ticket = ticket ?? "" }));
        help.MapGet("/trouble/{problem}", ShowAsync);
        help.MapGet("/trouble/{problem}/findings", FindAsync);
        // For those who cannot get in: about their own browser alone.
        routes.MapGet(SignInHelp, ShowOutsideAsync);
        routes.MapGet(SignInHelp + "/findings", FindOutsideAsync);
    }

    public static string Slug(Problem problem) => problem switch
    {
        Problem.Popup => "popup",
        Problem.SignIn => "sign-in",
        Problem.Authorize => "authorize",
        Problem.Disconnects => "disconnects",
    };

    public static Problem? Read(string slug) => Enum.GetValues<Problem>().Where(problem => Slug(problem) == slug).Select(problem => (Problem?)problem).FirstOrDefault();

    private static async Task<IResult> ShowAsync(string problem, string? script, HttpContext http, StudioTikTok tiktok, Examine examine, CancellationToken aborted)
    {
        if (Read(problem) is not { } asked)
            return TypedResults.NotFound();
        return Page.Show<ProblemPage>(new { Problem = asked, Probe = await ProbeAsync(http, tiktok, aborted), Result = script is "off" ? await examine.AsMemberAsync(asked, http, aborted) : null });
    }

    private static async Task<IResult> FindAsync(string problem, HttpContext http, Examine examine, BrowserReport browser, CancellationToken aborted)
    {
        if (Read(problem) is not { } asked)
            return TypedResults.NotFound();
        browser.Mark(http); // for the next question: cookies may have been cleared since the page came
        return Page.Show<Findings>(new { Result = await examine.AsMemberAsync(asked, http, aborted) });
    }

    private static async Task<IResult> ShowOutsideAsync(string? script, HttpContext http, Examine examine, BrowserReport browser, CancellationToken aborted)
    {
        browser.Mark(http);
        return Page.Show<SignInTroublePage>(new { Result = script is "off" ? await examine.AsStrangerAsync(http, aborted) : null });
    }

    private static async Task<IResult> FindOutsideAsync(HttpContext http, Examine examine, BrowserReport browser, CancellationToken aborted)
    {
        browser.Mark(http);
        return Page.Show<Findings>(new { Result = await examine.AsStrangerAsync(http, aborted) });
    }

    /// <summary>A path at the site people are sent to; this page, and no other, may see whether the browser gets there.</summary>
    private static async Task<Uri?> ProbeAsync(HttpContext http, StudioTikTok tiktok, CancellationToken aborted)
    {
        http.RequestServices.GetRequiredService<BrowserReport>().Mark(http);
        if (await tiktok.EndpointsAsync(aborted) is not { } endpoints)
            return null;
        http.AllowConnecting(endpoints.Authorize);
        return http.RequestServices.GetRequiredService<IOptions<ConnectOptions>>().Value.ProbeOf(endpoints);
    }
}
