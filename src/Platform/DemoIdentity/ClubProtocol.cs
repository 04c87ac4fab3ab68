using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Holdfast.Shell.Guards;

namespace Holdfast.Platform.DemoIdentity;

/// <summary>What programs ask the demo's identity provider: discovery, keys, tokens, user info.</summary>
internal static class ClubProtocol
{
    public static void Map(IEndpointRouteBuilder club)
    {
        club.MapGet("/.well-known/openid-configuration", (PotteryClub identity) => TypedResults.Json(Discovery(identity.Issuer)));
        club.MapGet("/keys", (ClubTokens tokens) => TypedResults.Json(tokens.PublicKeys()));
        club.MapPost("/token", ExchangeAsync).WithMetadata(new TakesForeignCalls());
        club.MapGet("/userinfo", UserInfo);
    }

    private static object Discovery(string issuer) => new
    {
        issuer,
        authorization_endpoint = issuer + "/authorize",
        token_endpoint = issuer + "/token",
        userinfo_endpoint = issuer + "/userinfo",
        jwks_uri = issuer + "/keys",
        scopes_supported = new[] { "openid", "email", "profile" },
        response_types_supported = new[] { "code" },
        grant_types_supported = new[] { "authorization_code" },
        subject_types_supported = new[] { "public" },
        id_token_signing_alg_values_supported = new[] { "ES256" },
        token_endpoint_auth_methods_supported = new[] { "client_secret_post" },
        code_challenge_methods_supported = new[] { "S256" },
        claims_supported = new[] { "sub", "name", "email", "email_verified" },
        authorization_response_iss_parameter_supported = true,
    };

    private static async Task<IResult> ExchangeAsync(HttpContext http, PotteryClub club, ClubCodes codes, ClubTokens tokens)
    {
        if (!http.Request.HasFormContentType)
            return Refuse("invalid_request");
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        if (form["client_id"] != PotteryClub.ClientId || !IsSame(form["client_secret"].ToString(), club.ClientSecret))
            return Refuse("invalid_client", StatusCodes.Status401Unauthorized);
        if (form["grant_type"] != "authorization_code")
            return Refuse("unsupported_grant_type");
        if (codes.Take("code", form["code"]) is not { } grant || form["redirect_uri"] != grant.RedirectUri
            || grant.Challenge != Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(form["code_verifier"].ToString()))))
        {
            return Refuse("invalid_grant");
        }
        return TypedResults.Json(new { token_type = "Bearer", expires_in = (int)ClubCodes.For.TotalSeconds, access_token = codes.Add("token", grant), id_token = tokens.Make(grant) });
    }

    private static IResult UserInfo(HttpContext http, ClubCodes codes) =>
        http.Request.Headers.Authorization is [{ } bearer] && bearer.StartsWith("Bearer ", StringComparison.Ordinal) && codes.Take("token", bearer["Bearer ".Length..]) is { Member: var member }
            ? TypedResults.Json(new { sub = member.Subject, name = member.Name, email = member.Email, email_verified = member.IsEmailVerified })
            : TypedResults.StatusCode(StatusCodes.Status401Unauthorized);

    private static IResult Refuse(string error, int status = StatusCodes.Status400BadRequest) => TypedResults.Json(new { error }, statusCode: status);

    private static bool IsSame(string given, string expected) => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes(expected));
}
