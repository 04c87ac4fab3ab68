using Holdfast.Storage;
using Microsoft.Extensions.Options;

namespace Holdfast.Platform.Tokens;

/// <summary><c>grant_type=authorization_code</c>: a code, once, for a family of tokens of its own (§2.2).</summary>
internal sealed class ExchangeCode(
    Database database, ClientApps apps, TokenText text, Ulids ulids, RecentExchanges recent, AuthorizationEvents events, IOptions<TokenOptions> options, TimeProvider clock)
{
    private const string Find = """
        select digest, app_id, consent_id, platform, redirect_uri, scopes, code_challenge, expires_at, misses, redeemed_at, family_id
        from authorization_code where digest = @digest
        """;

    // Single use is this WHERE clause: of two requests with the same code, one changes a row and the other does not.
    private const string Redeem = """
        update authorization_code set redeemed_at = @now, family_id = @family
        where digest = @digest and redeemed_at is null and expires_at > @now and misses < @most
        """;

    private const string Begin = """
        insert into token_family (id, consent_id, scopes, created_at)
        select @family, id, @scopes, @now from consent where id = @consent and ended_at is null
        """;

    private const string Mint = """
        insert into token_pair (access_digest, family_id, access_expires_at, refresh_digest, refresh_expires_at, created_at)
        values (@access, @family, @accessEnds, @refresh, @refreshEnds, @now)
        """;

    /// <param name="arrival">From <see cref="RecentExchanges.Arrive"/>.</param>
    public async Task<OAuthAnswer> RunAsync(OAuthRequest.Readable request, long arrival)
    {
        if (request.Fields["code"] is not { Length: > 0 and <= 512 } code)
            return OAuthAnswer.Refused(OAuthError.Malformed);

        var now = clock.GetUtcNow();
        var digest = TokenText.Digest(code);
        var (app, stored) = await database.ReadAsync(async session =>
            (await apps.FindAsync(session, request.ClientKey), await session.FirstAsync<StoredCode>(Find, new { digest })));
        if (!ClientApps.Matches(app, request.ClientSecret))
            return OAuthAnswer.Refused(OAuthError.WrongClient);

        return CodeRule.Decide(stored, app!.Id, request.Fields["redirect_uri"], request.Fields["code_verifier"], now) switch // Matches said there is an app
        {
            CodeVerdict.Redeem => await RedeemAsync(stored!, now),
            CodeVerdict.RedirectMismatch => await MissAsync(digest, OAuthError.RedirectMismatch),
            CodeVerdict.PkceMismatch => await MissAsync(digest, OAuthError.PkceMismatch),
            CodeVerdict.Spent => await SpentAsync(stored!, arrival, now),
            _ => OAuthAnswer.Refused(OAuthError.CodeExpired),
        };
    }

    private async Task<OAuthAnswer> RedeemAsync(StoredCode code, DateTimeOffset now)
    {
        var (family, access, refresh) = (ulids.Next(), text.Next("act."), text.Next("rft."));
        var (accessFor, refreshFor) = (options.Value.AccessFor, options.Value.RefreshFor);
        recent.Begin(code.Digest);
        try
        {
            // Begun means seen through: the code is spent, and only this answer holds the tokens.
            var granted = await database.WriteAsync(async session =>
            {
                if (await session.RunAsync(Redeem, new { digest = code.Digest, now, family, most = CodeRule.MostMisses }) == 0
                    || await session.RunAsync(Begin, new { family, scopes = code.Scopes, consent = code.ConsentId, now }) == 0)
                {
                    return null;
                }
                await session.RunAsync(Mint, new { access = TokenText.Digest(access), family, accessEnds = now + accessFor, refresh = TokenText.Digest(refresh), refreshEnds = now + refreshFor, now });
                return await session.FirstAsync<Consented>("select open_id, scopes from consent where id = @consent", new { consent = code.ConsentId });
            });
            return granted is null
                ? OAuthAnswer.Refused(OAuthError.CodeExpired)
                : new OAuthAnswer.Granted(access, refresh, granted.OpenId, ScopeList.StillGranted(code.Scopes, granted.Scopes), accessFor, refreshFor);
        }
        finally
        {
            recent.End(code.Digest);
        }
    }

    private async Task<OAuthAnswer> MissAsync(byte[] digest, OAuthError error)
    {
        await database.WriteAsync(session => session.RunAsync("update authorization_code set misses = misses + 1 where digest = @digest and redeemed_at is null", new { digest }));
        return OAuthAnswer.Refused(error);
    }

    // Whoever shows a spent code with the right secret, address and verifier holds what only one client should: end what it bought.
    private async Task<OAuthAnswer> SpentAsync(StoredCode code, long arrival, DateTimeOffset now)
    {
        if (!recent.ArrivedBefore(code.Digest, arrival))
        {
            await database.WriteAsync(async session =>
            {
                if (await session.RunAsync("update token_family set ended_at = @now, ended_cause = 'code_replayed' where id = @family and ended_at is null", new { family = code.FamilyId, now }) == 1)
                    await events.AddAsync(session, code.ConsentId, "code_replayed", null, now);
            });
        }
        return OAuthAnswer.Refused(OAuthError.CodeExpired);
    }

    private sealed record Consented
    {
        public string OpenId { get; init; } = "";
        public string Scopes { get; init; } = "";
    }
}
