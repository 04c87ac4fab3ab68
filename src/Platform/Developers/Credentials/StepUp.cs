using Holdfast.Platform.SignIn.External;
using Holdfast.Shell.Pages;
using Microsoft.AspNetCore.Components;

namespace Holdfast.Platform.Developers.Credentials;

/// <summary>Asks for the password or second factor again before something weighty, unless the log-in has just happened (attack case 93).</summary>
internal sealed class StepUp(LinkProof proof)
{
    public Task<bool> IsFreshAsync(HttpContext http) => proof.IsFreshAsync(http);

    /// <summary>What to tell instead of acting; <c>null</c> when this is the person.</summary>
    public Task<ProofRefused?> RefusedAsync(HttpContext http, IFormCollection form) => proof.RefusedAsync(http, form["proof"].ToString() is { Length: > 0 } typed ? typed : form["password"]);
}
