using Holdfast.Shell.Hosting;

namespace Holdfast.People.External;

/// <summary>Turns settings into a provider, or says which variable to mend.</summary>
internal static class ProviderRule
{
    private static readonly string[] Known = [.. typeof(ProviderSettings).GetProperties().Select(property => property.Name)];

    /// <exception cref="StartupException">Something is missing, misspelt or unsafe.</exception>
    public static Provider Read(IConfigurationSection section)
    {
        var variable = "HOLDFAST_" + section.Path.Replace(":", "__", StringComparison.Ordinal);
        var name = section.Key.ToLowerInvariant();
        if (name.Length > 32 || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
            throw new StartupException($"{variable}: a provider's name has at most 32 letters, digits, dashes or underscores.");
        if (section.GetChildren().FirstOrDefault(child => !Known.Contains(child.Key, StringComparer.OrdinalIgnoreCase)) is { } stranger)
            throw new StartupException($"{variable}__{stranger.Key} is no setting of a provider. There are {string.Join(", ", Known)}.");

        var given = ProviderSettings.Preset(name);
        section.Bind(given);
        return Make(name, variable, given);
    }

    private static Provider Make(string name, string variable, ProviderSettings given)
    {
        var isOpenId = Needed(given.Kind, "Kind", "OpenIdConnect or OAuth").ToUpperInvariant() switch
        {
            "OPENIDCONNECT" => true,
            "OAUTH" => false,
            _ => throw new StartupException($"{variable}__Kind takes OpenIdConnect or OAuth, not \"{given.Kind}\"."),
        };
        var scopes = isOpenId ? given.Scopes ?? "openid email profile" : given.Scopes ?? "";
        if (isOpenId && !scopes.Split(' ').Contains("openid"))
            throw new StartupException($"{variable}__Scopes has no openid: without it the provider does not say who somebody is.");
        if (!isOpenId && given.IdClaim is null)
            throw new StartupException($"{variable}__IdClaim is missing: it takes the member of the provider's user info that holds the account's unchanging id, for example id.");
        return new Provider
        {
            Name = name,
            Title = given.Title is { Length: > 0 } title ? title : name,
            Authority = isOpenId ? Address(given.Authority, "Authority", "the provider's issuer, for example https://accounts.google.com").TrimEnd('/') : null,
            Endpoints = isOpenId ? null : new(
                Address(given.AuthorizationEndpoint, "AuthorizationEndpoint", "the address people are sent to"),
                Address(given.TokenEndpoint, "TokenEndpoint", "the address codes are exchanged at"),
                Address(given.UserInfoEndpoint, "UserInfoEndpoint", "the address that says whose token it is")),
            ClientId = Needed(given.ClientId, "ClientId", "what the provider gave you when you registered Holdfast there"),
            ClientSecret = new(Needed(given.ClientSecret, "ClientSecret", "what the provider gave you when you registered Holdfast there")),
            Scopes = scopes,
            // Only OpenID Connect has an agreed name for "this e-mail was checked"; elsewhere it must be said.
            Claims = new(given.IdClaim ?? "sub", given.EmailClaim ?? "email", given.EmailVerifiedClaim ?? (isOpenId ? "email_verified" : null), given.NameClaim ?? "name"),
        };

        string Needed(string? value, string setting, string what) =>
            string.IsNullOrWhiteSpace(value) ? throw new StartupException($"{variable}__{setting} is missing: it takes {what}.") : value.Trim();

        string Address(string? value, string setting, string what) => IsSafe(Needed(value, setting, what))
            ? value!.Trim() // Needed looked
            : throw new StartupException($"{variable}__{setting} takes an https address ({what}); plain http is accepted for this machine only, because secrets travel there.");
    }

    /// <summary>Whether secrets may travel to this address: https, or a server on this very machine.</summary>
    public static bool IsSafe(string? address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri is { UserInfo: "", Fragment: "" }
        && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback);
}
