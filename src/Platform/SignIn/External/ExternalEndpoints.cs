using Holdfast.People;
using Holdfast.People.External;
using Holdfast.People.Sessions;
using Holdfast.People.SignIn;
using Holdfast.Platform.Settings;
using Holdfast.Shell.Guards;
using Holdfast.Shell.Language;
using Holdfast.Shell.Pages;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Mvc;

namespace Holdfast.Platform.SignIn.External;

/// <summary>Signing in with an account elsewhere: the way out, the way back, and the person's decision what it opens here.</summary>
internal static class ExternalEndpoints
{
    public static IServiceCollection AddLinkedAccounts(this IServiceCollection services) => services.AddSingleton(new SecuritySection(typeof(LinkedCard), 30)).AddSingleton<LinkProof>();

    public static void MapExternalSignIn(this IEndpointRouteBuilder routes)
    {
        _ = routes.ServiceProvider.GetRequiredService<Providers>(); // a wrong setting stops the start
        // The first form leaves for the provider, the last one for the app that asked (design §8).
        var pages = routes.MapGroup("").WithMetadata(new LeavesByRedirect());
        pages.MapPost("/login/with/{provider}", BeginAsync).LimitPerNetwork("with", KnockLimit.Asked);
        pages.MapGet("/login/with/{provider}/callback", ReturnAsync);
        pages.MapGet("/login/external/{attempt}", WelcomeAsync);
        pages.MapPost("/login/external/{attempt}", SignUpAsync);
        pages.MapGet("/login/external/{attempt}/link", AskToLinkAsync).RequireAuthorization();
        pages.MapPost("/login/external/{attempt}/link", LinkAsync).RequireAuthorization().WithMetadata(new RequireAntiforgeryTokenAttribute());
        LinkedEndpoints.Map(pages);
    }

    private static async Task<IResult> BeginAsync(string provider, [FromForm] string? next, HttpContext http, ExternalSignIn external, Providers providers) =>
        Answer(http, await external.BeginAsync(http, provider, null, LocalPath.Or(next, "/")), provider, LocalPath.Or(next, "/"), providers);

    /// <summary>Sends the browser to the provider, or says why not.</summary>
    internal static IResult Answer(HttpContext http, BeginResult result, string provider, string next, Providers providers) => result switch
    {
        BeginResult.Go(var address) => SeeOther(http, address),
        BeginResult.Failed(var problem) => Trouble(problem, providers.TitleOf(provider), next),
        _ => TypedResults.NotFound(),
    };

    private static async Task<IResult> ReturnAsync(string provider, HttpContext http, ExternalSignIn external, Providers providers, CreatorAccounts accounts, FinishSignIn finish)
    {
        switch (await external.ReturnAsync(http, provider))
        {
            case ReturnResult.Known(var personId, var next):
                await accounts.EnsureCreatorAsync(personId, http.RequestAborted);
                return SeeOther(http, await finish.RunAsync(http, personId, SignInMethod.External, next));
            case ReturnResult.Stranger(var attempt):
                return SeeOther(http, $"/login/external/{attempt}");
            case ReturnResult.Linked:
                return SeeOther(http, LinkedEndpoints.Here + "?done=linked");
            case ReturnResult.Failed(var problem, var next):
                return Trouble(problem, providers.TitleOf(provider), next);
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private static async Task<IResult> WelcomeAsync(string attempt, HttpContext http, FinishExternal finish, Providers providers) =>
        await finish.FindAsync(http, attempt) is { } waiting
            ? Page.Show<WelcomePage>(new { Waiting = waiting, Provider = providers.TitleOf(waiting.Attempt.Provider), UserName = waiting.ProposedUserName })
            : Lapsed();

    private static async Task<IResult> SignUpAsync(string attempt, [FromForm] string? userName, HttpContext http, FinishExternal external, Providers providers, CreatorAccounts accounts, FinishSignIn finish, Texts texts)
    {
        switch (await external.SignUpAsync(http, attempt, userName ?? ""))
        {
            case SignUpExternalResult.SignedUp(var personId, var next):
                await accounts.EnsureCreatorAsync(personId, http.RequestAborted);
                return SeeOther(http, await finish.RunAsync(http, personId, SignInMethod.External, next));
            case SignUpExternalResult.Refused(var problem) when await external.FindAsync(http, attempt) is { } waiting:
                return Page.Show<WelcomePage>(
                    new { Waiting = waiting, Provider = providers.TitleOf(waiting.Attempt.Provider), UserName = userName, Error = texts[problem is SignUpProblem.Taken ? "signin.external.taken" : $"signin.problem.{problem}"] },
                    StatusCodes.Status422UnprocessableEntity);
            default:
                return Lapsed();
        }
    }

    private static async Task<IResult> AskToLinkAsync(string attempt, HttpContext http, FinishExternal external, LinkProof asks, Providers providers) =>
        await external.FindAsync(http, attempt) is { } waiting ? await ShowLinkAsync(http, waiting, asks, providers) : Lapsed();

    private static async Task<IResult> LinkAsync(string attempt, [FromForm] bool? other, [FromForm] string? proof, HttpContext http, FinishExternal external, LinkProof asks, Providers providers)
    {
        if (await external.FindAsync(http, attempt) is not { } waiting)
            return Lapsed();
        if (await asks.RefusedAsync(http, proof) is { } refused)
            return await ShowLinkAsync(http, waiting, asks, providers, refused);
        return await external.LinkAsync(http, http.User.Id(), attempt, isSure: other is true) switch
        {
            LinkResult.Linked(var next) => SeeOther(http, next),
            LinkResult.LinkedElsewhere => Trouble(ExternalProblem.LinkedElsewhere, "", "/"),
            LinkResult.LookAgain => await ShowLinkAsync(http, waiting, asks, providers, notSure: true),
            _ => Lapsed(),
        };
    }

    private static async Task<IResult> ShowLinkAsync(HttpContext http, WaitingIdentity waiting, LinkProof asks, Providers providers, ProofRefused? refused = null, bool notSure = false) => Page.Show<LinkPage>(new
    {
        waiting.Attempt,
        Provider = providers.TitleOf(waiting.Attempt.Provider),
        IsOther = waiting.OwnerId is { } owner && owner != http.User.Id(),
        NotSure = notSure,
        IsFresh = await asks.IsFreshAsync(http),
        refused?.Error,
    }, refused?.Status ?? (notSure ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK));

    private static IResult Lapsed() => Trouble(ExternalProblem.NotAsked, "", "/");

    private static IResult Trouble(ExternalProblem problem, string provider, string next) => Page.Show<TroublePage>(new { Problem = problem, Provider = provider, Next = next }, problem switch
    {
        ExternalProblem.Declined => StatusCodes.Status200OK,
        ExternalProblem.Unreachable or ExternalProblem.Refused or ExternalProblem.NotBelieved => StatusCodes.Status502BadGateway,
        ExternalProblem.LinkedElsewhere => StatusCodes.Status409Conflict,
        _ => StatusCodes.Status400BadRequest,
    });

    // 303, so that no browser posts a form again to wherever this leads (attack case 29).
    internal static IResult SeeOther(HttpContext http, string address)
    {
        http.Response.Headers.Location = address;
        return TypedResults.StatusCode(StatusCodes.Status303SeeOther);
    }
}
