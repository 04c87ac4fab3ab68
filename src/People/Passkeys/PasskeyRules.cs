using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Holdfast.People.Passkeys;

/// <summary>What we ask of passkeys.</summary>
internal sealed class PasskeyRules(PasskeyPlace place) : IConfigureOptions<IdentityPasskeyOptions>
{
    public void Configure(IdentityPasskeyOptions options)
    {
        options.ServerDomain = place.RelyingParty;
        // The finger or PIN that opens it is the second factor of a sign-in by passkey: without it there is none.
        options.UserVerificationRequirement = "required";
        // Pages without referrer send "Origin: null" [M], so what the browser has signed decides, not the header.
        options.ValidateOrigin = asked => ValueTask.FromResult(!asked.CrossOrigin && place.IsOurs(asked.Origin, asked.HttpContext.Request));
    }
}
