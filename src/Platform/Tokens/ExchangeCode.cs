using Holdfast.Platform.Authorize;
using Holdfast.Storage;
using Microsoft.Extensions.Options;

namespace Holdfast.Platform.Tokens;

/// <summary><c>grant_type=authorization_code</c>: a code, once, for a family of tokens of its own (§2.2). One transaction reads, decides and writes.</summary>
internal sealed class ExchangeCode(
    Database database, ClientApps apps, TokenText text, Ulids ulids, RecentExchanges recent, AuthorizationEvents events, IOptions<TokenOptions> options, TimeProvider clock)
{
    private const string Find = """
        select app.id as client_id, app.secret_digest, app.previous_secret_digest, app.previous_secret_ends_at, app.is_demo, code.digest, code.app_id, code.consent_id, code.platform, code.redirect_uri, code.scopes,
          code.code_challenge, code.expires_at, code.misses, code.redeemed_at, code.family_id, consent.open_id, consent.scopes as consent_scopes
        from app
        left join authorization_code code on code.digest = @digest
        left join consent on consent.id = code.consent_id
        where app.client_key = @clientKey and app.disabled_at is null
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

    private const string Miss = "update authorization_code set misses = misses + 1 where digest = @digest and redeemed_at is null";

    private const string EndFamily = "update token_family set ended_at = @now, ended_cause = 'code_replayed' where id = @family and ended_at is null";

    /// <param name="arrival">From <see cref="RecentExchanges.Arrive"/>.</param>
    public async Task<OAuthAnswer> RunAsync(OAuthRequest.Readable request, long arrival)
    {
        if (request.Fields["code"] is not { Length: > 0 and <= 512 } code)
            return OAuthAnswer.Refused(OAuthError.Malformed);

        var now = clock.GetUtcNow();
        var digest = TokenText.Digest(code);
        // Begun means seen through: the code is spent, and only this answer holds the tokens.
        return await database.WriteAsync(async session =>
        {
            var row = await session.FirstAsync<Row>(Find, new { digest, clientKey = request.ClientKey });
            if (!apps.Matches(row is not null && apps.MayBeUsed(row.IsDemo) ? row : null, request.ClientSecret))
                return OAuthAnswer.Refused(OAuthError.WrongClient);

            var stored = row!.Stored; // Matches said there is an app
            switch (CodeRule.Decide(stored, row.ClientId, request.Fields["redirect_uri"], request.Fields["code_verifier"], now))
            {
                case CodeVerdict.Redeem:
                    return await RedeemAsync(session, stored!, row, now); // only a stored code is redeemed
                case CodeVerdict.RedirectMismatch:
                    await session.RunAsync(Miss, new { digest });
                    return OAuthAnswer.Refused(OAuthError.RedirectMismatch);
                case CodeVerdict.PkceMismatch:
                    await session.RunAsync(Miss, new { digest });
                    return OAuthAnswer.Refused(OAuthError.PkceMismatch);
                case CodeVerdict.Spent:
                    await PunishReplayAsync(session, stored!, arrival, now);
                    break;
            }
            return OAuthAnswer.Refused(OAuthError.CodeExpired);
        });
    }

    private async Task<OAuthAnswer> RedeemAsync(Session session, StoredCode code, Row row, DateTimeOffset now)
    {
        var (family, access, refresh) = (ulids.Next(), text.Next("act."), text.Next("rft."));
        var (accessFor, refreshFor) = (options.Value.AccessFor, options.Value.RefreshFor);
        if (await session.RunAsync(Redeem, new { digest = code.Digest, now, family, most = CodeRule.MostMisses }) == 0
            || await session.RunAsync(Begin, new { family, scopes = code.Scopes, consent = code.ConsentId, now }) == 0)
        {
            return OAuthAnswer.Refused(OAuthError.CodeExpired);
        }
        await session.RunAsync(Mint, new { access = TokenText.Digest(access), family, accessEnds = now + accessFor, refresh = TokenText.Digest(refresh), refreshEnds = now + refreshFor, now });
        RecentExchanges.Tell(session, code.Digest);
        return new OAuthAnswer.Granted(access, refresh, row.OpenId!, ScopeList.StillGranted(code.Scopes, row.ConsentScopes!), accessFor, refreshFor); // a code has its consent
    }

    // Whoever shows a spent code with the right secret, address and verifier holds what only one client should: end what it bought.
    private async Task PunishReplayAsync(Session session, StoredCode code, long arrival, DateTimeOffset now)
    {
        if (!recent.WasUnderWay(code.Digest, arrival, code.RedeemedAt!.Value, now) // spent means redeemed
            && await session.RunAsync(EndFamily, new { family = code.FamilyId, now }) == 1)
        {
            await events.AddAsync(session, code.ConsentId, "code_replayed", null, now);
        }
    }

    private sealed record Row : IClientSecrets
    {
        public string ClientId { get; init; } = "";
        public byte[] SecretDigest { get; init; } = [];
        public byte[]? PreviousSecretDigest { get; init; }
        public DateTimeOffset? PreviousSecretEndsAt { get; init; }
        public bool IsDemo { get; init; }
        public byte[]? Digest { get; init; }
        public string AppId { get; init; } = "";
        public string ConsentId { get; init; } = "";
        public RedirectPlatform Platform { get; init; }
        public string RedirectUri { get; init; } = "";
        public string Scopes { get; init; } = "";
        public string? CodeChallenge { get; init; }
        public DateTimeOffset ExpiresAt { get; init; }
        public long Misses { get; init; }
        public DateTimeOffset? RedeemedAt { get; init; }
        public string? FamilyId { get; init; }
        public string? OpenId { get; init; }
        public string? ConsentScopes { get; init; }

        /// <summary>The code, if there is one.</summary>
        public StoredCode? Stored => Digest is null ? null : new StoredCode(Digest, AppId, ConsentId, Platform, RedirectUri, Scopes, CodeChallenge, ExpiresAt, Misses, RedeemedAt, FamilyId);
    }
}
