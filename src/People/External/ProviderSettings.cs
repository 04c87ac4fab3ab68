namespace Holdfast.People.External;

/// <summary>One provider as the configuration tells it: <c>…__Providers__NAME__…</c>.</summary>
internal sealed class ProviderSettings
{
    /// <summary><c>OpenIdConnect</c> or <c>OAuth</c>.</summary>
    public string? Kind { get; set; }
    public string? Title { get; set; }
    public string? Authority { get; set; }
    public string? AuthorizationEndpoint { get; set; }
    public string? TokenEndpoint { get; set; }
    public string? UserInfoEndpoint { get; set; }
    public string? ClientId { get; set; }
    public string? ClientSecret { get; set; }
    public string? Scopes { get; set; }
    public string? IdClaim { get; set; }
    public string? EmailClaim { get; set; }
    public string? EmailVerifiedClaim { get; set; }
    public string? NameClaim { get; set; }

    /// <summary>What is known of a well-known provider; it needs only <see cref="ClientId"/> and <see cref="ClientSecret"/>.</summary>
    public static ProviderSettings Preset(string name) => name switch
    {
        "google" => new() { Kind = "OpenIdConnect", Title = "Google", Authority = "https://accounts.google.com", Scopes = "openid email profile" },
        // Facebook tells an e-mail without saying whether it was ever checked: it stays unverified here.
        "facebook" => new()
        {
            Kind = "OAuth",
            Title = "Facebook",
            AuthorizationEndpoint = "https://www.facebook.com/v23.0/dialog/oauth",
            TokenEndpoint = "https://graph.facebook.com/v23.0/oauth/access_token",
            UserInfoEndpoint = "https://graph.facebook.com/v23.0/me?fields=id,name,email",
            Scopes = "email public_profile",
            IdClaim = "id",
        },
        _ => new(),
    };
}
