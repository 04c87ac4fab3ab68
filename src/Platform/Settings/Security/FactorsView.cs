using Holdfast.People.Passkeys;
using Holdfast.People.SecondFactor;
using Holdfast.People.Sessions;
using Holdfast.Shell.Language;
using Holdfast.Shell.Pages;

namespace Holdfast.Platform.Settings.Security;

/// <summary>Shows a person's second factors, and asks for proof before they change.</summary>
internal sealed class FactorsView(Factors factors, PasskeyTable passkeys, PasskeyPlace place, Proof proof, Texts texts)
{
    /// <param name="at">The form that <paramref name="error"/> is about.</param>
    public async Task<IResult> ShowAsync(HttpContext http, string? at = null, string? error = null, string? done = null, int status = StatusCodes.Status422UnprocessableEntity) => Page.Show<FactorsPage>(new
    {
        Factors = await factors.OfAsync(http.User.Id(), http.RequestAborted),
        Passkeys = await passkeys.ListAsync(http.User.Id(), http.RequestAborted),
        PasskeyProblem = place.ProblemAt(http.Request),
        PasskeyAddress = place.Address,
        IsFresh = await proof.IsFreshAsync(http),
        At = at,
        Error = error,
        Done = done,
    }, error is null ? StatusCodes.Status200OK : status);

    /// <summary>The page to show instead of changing anything; <c>null</c> when this is the person.</summary>
    public async Task<IResult?> RefusedAsync(HttpContext http, string? typed, string at, bool freshIsEnough = false)
    {
        if (freshIsEnough && await proof.IsFreshAsync(http))
            return null;
        return await proof.CheckAsync(http, http.User.Id(), typed ?? "") switch
        {
            ProofAnswer.Right => null,
            ProofAnswer.Wait(var wait) => await ShowAsync(http, at, texts.Count("settings.security.proof.wait", (long)Math.Ceiling(wait.TotalSeconds)), status: StatusCodes.Status429TooManyRequests),
            _ => await ShowAsync(http, at, texts["settings.security.proof.wrong"]),
        };
    }
}
