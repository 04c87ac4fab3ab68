using Holdfast.Storage;

namespace Holdfast.Platform.Tokens;

/// <summary><c>POST /v2/oauth/revoke/</c> (§2.7): the developer gives up the whole authorization, not one token.</summary>
internal sealed class RevokeAccess(Database database, ClientApps apps, Consents consents, TimeProvider clock)
{
    private const string Find = """
        select token_family.consent_id
        from token_pair
        join token_family on token_family.id = token_pair.family_id
        join consent on consent.id = token_family.consent_id
        where (token_pair.access_digest = @digest or token_pair.refresh_digest = @digest) and consent.app_id = @app
        """;

    public async Task<OAuthAnswer> RunAsync(OAuthRequest.Readable request)
    {
        if (request.Fields["token"] is not { Length: > 0 and <= 512 } token)
            return OAuthAnswer.Refused(OAuthError.Malformed);

        var (app, consent) = await database.ReadAsync(async session =>
        {
            var found = await apps.FindAsync(session, request.ClientKey);
            return (found, await session.FirstAsync<string>(Find, new { digest = TokenText.Digest(token), app = found?.Id ?? "" }));
        });
        if (!apps.Matches(app, request.ClientSecret))
            return OAuthAnswer.Refused(OAuthError.WrongClient);

        // Unknown, another app's and already ended tokens get the same answer: it tells nothing (attack cases 64 and 65).
        if (consent is not null)
            await database.WriteAsync(session => consents.EndAsync(session, consent, EndReason.Developer, clock.GetUtcNow()));
        return new OAuthAnswer.Revoked();
    }
}
