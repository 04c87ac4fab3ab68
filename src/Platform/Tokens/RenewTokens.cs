using Holdfast.Storage;
using Microsoft.Extensions.Options;

namespace Holdfast.Platform.Tokens;

/// <summary><c>grant_type=refresh_token</c> (§2.3), one transaction. The access token of before lives until its own end.</summary>
internal sealed class RenewTokens(Database database, ClientApps apps, TokenText text, AuthorizationEvents events, IOptions<TokenOptions> options, TimeProvider clock)
{
    private const string Find = """
        select app.id as client_id, app.secret_digest, app.previous_secret_digest, app.previous_secret_ends_at, app.is_demo, app.refresh_mode,
          pair.family_id, pair.refresh_expires_at, pair.successor, consent.id as consent_id, consent.app_id, consent.open_id,
          family.scopes as family_scopes, consent.scopes as consent_scopes,
          (pair.ended_at is not null or family.ended_at is not null or consent.ended_at is not null) as is_ended,
          pair.superseded_at is not null as is_superseded,
          next.superseded_at is not null as is_successor_used
        from app
        left join token_pair pair on pair.refresh_digest = @digest
        left join token_family family on family.id = pair.family_id
        left join consent on consent.id = family.consent_id
        left join token_pair next on next.access_digest = pair.successor
        where app.client_key = @clientKey and app.disabled_at is null
        """;

    // One renewal wins because one statement changes the row.
    private const string Supersede = """
        update token_pair set superseded_at = @now, successor = @access
        where refresh_digest = @digest and superseded_at is null and ended_at is null and refresh_expires_at > @now
        """;

    private const string EndSuccessor = "update token_pair set ended_at = @now where access_digest = @successor and superseded_at is null and ended_at is null";

    private const string Mint = """
        insert into token_pair (access_digest, family_id, access_expires_at, refresh_digest, refresh_expires_at, created_at)
        select @access, family.id, @accessEnds, @refresh, @refreshEnds, @now
        from token_family family join consent on consent.id = family.consent_id
        where family.id = @family and family.ended_at is null and consent.ended_at is null
        """;

    private const string EndFamily = "update token_family set ended_at = @now, ended_cause = 'refresh_replayed' where id = @family and ended_at is null";

    public async Task<OAuthAnswer> RunAsync(OAuthRequest.Readable request)
    {
        if (request.Fields["refresh_token"] is not { Length: > 0 and <= 512 } refreshToken)
            return OAuthAnswer.Refused(OAuthError.Malformed);

        var now = clock.GetUtcNow();
        var digest = TokenText.Digest(refreshToken);
        return await database.WriteAsync(async session =>
        {
            var row = await session.FirstAsync<Row>(Find, new { digest, clientKey = request.ClientKey });
            if (!apps.Matches(row is not null && apps.MayBeUsed(row.IsDemo) ? row : null, request.ClientSecret))
                return OAuthAnswer.Refused(OAuthError.WrongClient);

            // Matches said there is an app; another app's token is no token.
            switch (RefreshRule.Decide(ModeOf(row!), row!.AppId == row.ClientId ? row.Facts : null, now))
            {
                case RefreshVerdict.Renew:
                    return await RenewAsync(session, row, now, access => SupersedeAsync(session, digest, access, now));
                case RefreshVerdict.ReplaceSuccessor:
                    return await RenewAsync(session, row, now, access => ReplaceAsync(session, digest, row.Successor!, access, now)); // superseded means succeeded
                case RefreshVerdict.KeepToken:
                    return await KeepAsync(session, row, refreshToken, now);
                case RefreshVerdict.EndFamily when await session.RunAsync(EndFamily, new { family = row.FamilyId, now }) == 1:
                    await events.AddAsync(session, row.ConsentId!, "refresh_replayed", null, now); // a family has its consent
                    break;
            }
            return OAuthAnswer.Refused(OAuthError.RefreshInvalid);
        });
    }

    private RefreshMode ModeOf(Row row) => Enum.TryParse<RefreshMode>(row.RefreshMode, ignoreCase: true, out var mode) ? mode : options.Value.RefreshMode;

    /// <param name="take">Takes the right to mint the pair with this access token's digest.</param>
    private async Task<OAuthAnswer> RenewAsync(Session session, Row row, DateTimeOffset now, Func<byte[], Task<bool>> take)
    {
        var (access, refresh) = (text.Next("act."), text.Next("rft."));
        var accessDigest = TokenText.Digest(access);
        var refreshEnds = options.Value.CarryRefreshEndOver ? row.RefreshExpiresAt : now + options.Value.RefreshFor;
        return await take(accessDigest) && await MintAsync(session, row, accessDigest, TokenText.Digest(refresh), refreshEnds, now)
            ? Granted(row, access, refresh, refreshEnds - now)
            : OAuthAnswer.Refused(OAuthError.RefreshInvalid);
    }

    private async Task<OAuthAnswer> KeepAsync(Session session, Row row, string refreshToken, DateTimeOffset now)
    {
        var access = text.Next("act.");
        return await MintAsync(session, row, TokenText.Digest(access), null, row.RefreshExpiresAt, now)
            ? Granted(row, access, refreshToken, row.RefreshExpiresAt - now)
            : OAuthAnswer.Refused(OAuthError.RefreshInvalid);
    }

    private async Task<bool> MintAsync(Session session, Row row, byte[] access, byte[]? refresh, DateTimeOffset refreshEnds, DateTimeOffset now) =>
        await session.RunAsync(Mint, new { access, family = row.FamilyId, accessEnds = now + options.Value.AccessFor, refresh, refreshEnds, now }) == 1;

    private OAuthAnswer Granted(Row row, string access, string refresh, TimeSpan refreshFor) =>
        new OAuthAnswer.Granted(access, refresh, row.OpenId!, ScopeList.StillGranted(row.FamilyScopes!, row.ConsentScopes!), options.Value.AccessFor, refreshFor); // a pair has family and consent

    private static async Task<bool> SupersedeAsync(Session session, byte[] digest, byte[] access, DateTimeOffset now) =>
        await session.RunAsync(Supersede, new { digest, access, now }) == 1;

    // The pair nobody used makes way, so there are never two living branches.
    private static async Task<bool> ReplaceAsync(Session session, byte[] digest, byte[] successor, byte[] access, DateTimeOffset now) =>
        await session.RunAsync(EndSuccessor, new { successor, now }) == 1
        && await session.RunAsync("update token_pair set successor = @access where refresh_digest = @digest", new { digest, access }) == 1;

    private sealed record Row : IClientSecrets
    {
        public string ClientId { get; init; } = "";
        public byte[] SecretDigest { get; init; } = [];
        public byte[]? PreviousSecretDigest { get; init; }
        public DateTimeOffset? PreviousSecretEndsAt { get; init; }
        public bool IsDemo { get; init; }
        public string? RefreshMode { get; init; }
        public string? FamilyId { get; init; }
        public DateTimeOffset RefreshExpiresAt { get; init; }
        public byte[]? Successor { get; init; }
        public string? ConsentId { get; init; }
        public string? AppId { get; init; }
        public string? OpenId { get; init; }
        public string? FamilyScopes { get; init; }
        public string? ConsentScopes { get; init; }
        public bool IsEnded { get; init; }
        public bool IsSuperseded { get; init; }
        public bool IsSuccessorUsed { get; init; }

        public RefreshFacts Facts => new(RefreshExpiresAt, IsEnded, IsSuperseded, IsSuccessorUsed);
    }
}
