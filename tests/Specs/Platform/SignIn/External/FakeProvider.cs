using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Holdfast.Specs.Platform.SignIn.External;

/// <summary>An identity provider over real HTTP that is honest until a spec tells it how to lie.</summary>
internal sealed class FakeProvider : IAsyncDisposable
{
    public const string ClientId = "client-of-acme";
    public const string ClientSecret = "secret-of-acme";

    private readonly WebApplication app;
    private static readonly RSA FirstKey = RSA.Create(2048); // slow to make, and the same for everybody
    private RSA key = FirstKey;
    private int keyNumber = 1;
    private readonly Dictionary<string, (FakePerson Person, string? Nonce, string? Challenge, string RedirectUri)> codes = [];
    private readonly Dictionary<string, FakePerson> tokens = [];

    private FakeProvider(WebApplication app, string name) => (this.app, Name) = (app, name);

    public string Name { get; }

    public string Issuer => app.Urls.First();

    /// <summary>What the ID token says, for a spec to falsify.</summary>
    public Action<SecurityTokenDescriptor>? Falsify { get; set; }

    /// <summary>Replaces the signed ID token.</summary>
    public Func<SecurityTokenDescriptor, string>? Sign { get; set; }

    /// <summary>Whose user info is told, whoever's token it is.</summary>
    public FakePerson? UserInfo { get; set; }

    /// <summary>Leaves e-mail and name out of the ID token.</summary>
    public bool IsTaciturn { get; set; }

    /// <summary>Answers the token endpoint instead.</summary>
    public Func<IResult>? TokenAnswer { get; set; }

    public bool NamesIssuer { get; set; }

    public bool TakesPostedSecret { get; set; } = true;

    /// <summary>How often a code was brought.</summary>
    public int Exchanges { get; private set; }

    public List<string> Secrets { get; } = [];

    public static async Task<FakeProvider> StartAsync(string name = "acme")
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRouting();
        var app = builder.Build();
        var provider = new FakeProvider(app, name);
        app.MapGet("/.well-known/openid-configuration", () => TypedResults.Json(new
        {
            issuer = provider.Issuer,
            authorization_endpoint = provider.Issuer + "/authorize",
            token_endpoint = provider.Issuer + "/token",
            userinfo_endpoint = provider.Issuer + "/userinfo",
            jwks_uri = provider.Issuer + "/keys",
            token_endpoint_auth_methods_supported = provider.TakesPostedSecret ? new[] { "client_secret_post" } : ["client_secret_basic"],
            authorization_response_iss_parameter_supported = provider.NamesIssuer,
        }));
        app.MapGet("/keys", () => TypedResults.Json(new { keys = new[] { provider.PublicKey() } }));
        app.MapPost("/token", (Delegate)provider.ExchangeAsync); // a RequestDelegate would drop the result
        app.MapGet("/userinfo", provider.TellUserInfo);
        await app.StartAsync();
        return provider;
    }

    /// <summary>Settings that make a Platform know this provider.</summary>
    public void Configure(WebApplicationBuilder builder, bool isOpenId = true)
    {
        var section = $"Platform:SignIn:Providers:{Name}:";
        (string Key, string Value)[] settings = isOpenId
            ? [("Kind", "OpenIdConnect"), ("Authority", Issuer)]
            : [("Kind", "OAuth"), ("AuthorizationEndpoint", Issuer + "/authorize"), ("TokenEndpoint", Issuer + "/token"), ("UserInfoEndpoint", Issuer + "/userinfo?fields=id,name,email"), ("IdClaim", "id"), ("Scopes", "email")];
        foreach (var (name, value) in settings.Concat([("Title", $"The {Name}"), ("ClientId", ClientId), ("ClientSecret", ClientSecret)]))
            builder.Configuration[section + name] = value;
    }

    /// <summary>The person agrees: where the browser is sent back to, as a path of the Platform's.</summary>
    public string Agree(string authorizationUrl, FakePerson person)
    {
        var asked = QueryHelpers.ParseQuery(new Uri(authorizationUrl).Query);
        var code = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(24));
        codes[code] = (person, asked.TryGetValue("nonce", out var nonce) ? nonce.ToString() : null, asked["code_challenge"], asked["redirect_uri"].ToString());
        Secrets.AddRange([code, asked["state"].ToString()]);
        var answer = new Dictionary<string, string?> { ["code"] = code, ["state"] = asked["state"] };
        if (NamesIssuer)
            answer["iss"] = Issuer;
        return QueryHelpers.AddQueryString(new Uri(asked["redirect_uri"].ToString()).AbsolutePath, answer);
    }

    /// <summary>From now on another key signs.</summary>
    public void ChangeKey() => (key, keyNumber) = (RSA.Create(2048), keyNumber + 1);

    private string KeyId => $"k{keyNumber}";

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task<IResult> ExchangeAsync(HttpContext http)
    {
        Exchanges++;
        if (TokenAnswer is not null)
            return TokenAnswer();
        var form = await http.Request.ReadFormAsync();
        var basic = "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{ClientId}:{ClientSecret}"));
        if (TakesPostedSecret ? form["client_secret"] != ClientSecret : http.Request.Headers.Authorization != basic)
            return TypedResults.Json(new { error = "invalid_client" }, statusCode: 401);
        var verifier = form["code_verifier"].ToString();
        Secrets.Add(verifier);
        if (!codes.Remove(form["code"].ToString(), out var grant) || form["redirect_uri"] != grant.RedirectUri || grant.Challenge != Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(verifier))))
            return TypedResults.Json(new { error = "invalid_grant", error_description = "<b>no</b>" }, statusCode: 400);
        var access = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(24));
        tokens[access] = grant.Person;
        Secrets.Add(access);
        return TypedResults.Json(new { access_token = access, token_type = "Bearer", id_token = IdToken(grant.Person, grant.Nonce) });
    }

    private IResult TellUserInfo(HttpContext http) =>
        tokens.TryGetValue(http.Request.Headers.Authorization.ToString().Split(' ')[^1], out var person) && (UserInfo ?? person) is { } told
            ? TypedResults.Json(new { sub = told.Subject, id = told.Subject, email = told.Email, email_verified = told.IsVerified, name = told.Name })
            : TypedResults.StatusCode(401);

    private string IdToken(FakePerson person, string? nonce)
    {
        var now = new DateTime(2026, 11, 22, 12, 0, 0, DateTimeKind.Utc); // the Platform's clock in specs
        var claims = new Dictionary<string, object?> { ["sub"] = person.Subject, ["nonce"] = nonce };
        if (!IsTaciturn)
            (claims["email"], claims["email_verified"], claims["name"]) = (person.Email, person.IsVerified, person.Name);
        var token = new SecurityTokenDescriptor
        {
            Issuer = Issuer,
            Audience = ClientId,
            IssuedAt = now,
            NotBefore = now,
            Expires = now.AddMinutes(5),
            Claims = claims,
            SigningCredentials = new(new RsaSecurityKey(key) { KeyId = KeyId }, SecurityAlgorithms.RsaSha256),
        };
        Falsify?.Invoke(token);
        return Sign?.Invoke(token) ?? new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(token);
    }

    private object PublicKey()
    {
        var parameters = key.ExportParameters(includePrivateParameters: false);
        return new { kty = "RSA", use = "sig", alg = "RS256", kid = KeyId, n = Base64UrlEncoder.Encode(parameters.Modulus), e = Base64UrlEncoder.Encode(parameters.Exponent) };
    }
}

/// <summary>Somebody with an account at a <see cref="FakeProvider"/>.</summary>
internal sealed record FakePerson(string Subject, string? Email, bool? IsVerified = true, string? Name = "Mina Sato");
