using Microsoft.AspNetCore.Identity;

namespace Holdfast.People.Passkeys;

/// <summary>Somebody as ASP.NET Core Identity's passkey handler knows them.</summary>
/// <param name="Id">Empty for nobody.</param>
public sealed record PasskeyUser(string Id, string UserName)
{
    /// <summary>What to show of somebody who has no passkeys, so that nobody learns that they have none.</summary>
    public IList<UserPasskeyInfo>? Decoys { get; init; }
}
