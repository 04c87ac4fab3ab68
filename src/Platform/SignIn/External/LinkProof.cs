using Holdfast.People.SecondFactor;
using Holdfast.Shell.Language;

namespace Holdfast.Platform.SignIn.External;

/// <summary>Asks for proof before an account elsewhere is linked or unlinked: a stolen session makes itself no way in that outlives it.</summary>
internal sealed class LinkProof(Proof proof, Texts texts)
{
    /// <summary>Whether nothing has to be typed.</summary>
    public Task<bool> IsFreshAsync(HttpContext http) => proof.IsFreshAsync(http);

    /// <summary>What to tell instead of changing anything; <c>null</c> when this is the person.</summary>
    public async Task<ProofRefused?> RefusedAsync(HttpContext http, string? typed) => await proof.FreshOrCheckAsync(http, typed ?? "") switch
    {
        ProofAnswer.Right => null,
        ProofAnswer.Wait(var wait) => new(texts.Count("settings.security.proof.wait", (long)Math.Ceiling(wait.TotalSeconds)), StatusCodes.Status429TooManyRequests),
        ProofAnswer.SignInAgain => new(texts["settings.password.sign-in-again"], StatusCodes.Status422UnprocessableEntity),
        _ => new(texts["settings.security.proof.wrong"], StatusCodes.Status422UnprocessableEntity),
    };
}

internal sealed record ProofRefused(string Error, int Status);
