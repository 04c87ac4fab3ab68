namespace Holdfast.People.External;

/// <summary>A place where people already have an account, and how to ask it who they are.</summary>
public sealed record Provider
{
    /// <summary>Lower-case; part of addresses and of every link's key, so it never changes while people use it.</summary>
    public required string Name { get; init; }

    /// <summary>What people call it.</summary>
    public required string Title { get; init; }

    /// <summary>OpenID Connect: the issuer, exactly as it names itself. Its endpoints come from its discovery document.</summary>
    public string? Authority { get; init; }

    /// <summary>Plain OAuth 2.0: the three endpoints.</summary>
    public ProviderEndpoints? Endpoints { get; init; }

    public required string ClientId { get; init; }

    public required ProviderSecret ClientSecret { get; init; }

    /// <summary>Space-separated, as they are sent.</summary>
    public required string Scopes { get; init; }

    public ClaimNames Claims { get; init; } = ClaimNames.OpenId;
}

/// <summary>Where a plain OAuth 2.0 provider is spoken to.</summary>
public sealed record ProviderEndpoints(string Authorization, string Token, string UserInfo);

/// <summary>Where an answer says who somebody is: names of JSON members, with dots into nested ones.</summary>
/// <param name="EmailVerified"><c>null</c>: this provider never vouches for an e-mail.</param>
public sealed record ClaimNames(string Id, string Email, string? EmailVerified, string Name)
{
    public static ClaimNames OpenId { get; } = new("sub", "email", "email_verified", "name");
}

public sealed record ProviderSecret(string Value)
{
    // Records print their members, and this one is the provider's trust in us.
    public override string ToString() => "ProviderSecret(redacted)";
}

/// <summary>A provider that the app itself brings, made when it is asked for: its own address is known only then.</summary>
public delegate Provider BringsProvider();
