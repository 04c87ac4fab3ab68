using Holdfast.Storage;
using Microsoft.Extensions.Options;

namespace Holdfast.Platform.Tokens;

/// <summary><c>grant_type=refresh_token</c> (§2.3). The access token of before lives until its own end.</summary>
internal sealed class RenewTokens(Database database, ClientApps apps, TokenText text, AuthorizationEvents events, IOptions<TokenOptions> options, TimeProvider clock)
{
    private const string Find = """
        select pair.family_id, pair.refresh_expires_at, pair.successor, consent.id as consent_id, consent.app_id, consent.open_id,
          token_family.scopes as family_scopes, consent.scopes as consent_scopes,
          (pair.ended_at is not null or token_family.ended_at is not null or consent.ended_at is not null) as is_ended,
          pair.superseded_at is not null as is_superseded,
          next.superseded_at is not null as is_successor_used
        from token_pair pair
        join token_family on token_family.id = pair.family_id
        join consent on consent.id = token_family.consent_id
        left join token_pair next on next.access_digest = pair.successor
        where pair.refresh_digest = @digest
        """;

    // One renewal wins because one statement changes the row.
    private const string Supersede = """
        update token_pair set superseded_at = @now, successor = @access
        where refresh_digest = @digest and superseded_at is null and ended_at is null and refresh_expires_at > @now
        """;

    private const string EndSuccessor = "update token_pair set ended_at = @now where access_digest = @successor and superseded_at is null and ended_at is null";

    private const string Mint = """
        insert into token_pair (access_digest, family_id, access_expires_at, refresh_digest, refresh_expires_at, created_at)
        select @access, token_family.id, @accessEnds, @refresh, @refreshEnds, @now
        from token_family join consent on consent.id = token_family.consent_id
        where token_family.id = @family and token_family.ended_at is null and consent.ended_at is null
        """;

    public async Task<OAuthAnswer> RunAsync(OAuthRequest.Readable request)
    {
        if (request.Fields["refresh_token"] is not { Length: > 0 and <= 512 } refreshToken)
            return OAuthAnswer.Refused(OAuthError.Malformed);

        var now = clock.GetUtcNow();
        var digest = TokenText.Digest(refreshToken);
        var (app, found) = await database.ReadAsync(async session =>
            (await apps.FindAsync(session, request.ClientKey), await session.FirstAsync<Row>(Find, new { digest })));
        if (!ClientApps.Matches(app, request.ClientSecret))
            return OAuthAnswer.Refused(OAuthError.WrongClient);

        var row = found?.AppId == app!.Id ? found : null; // Matches said there is an app
        return RefreshRule.Decide(ModeOf(app), row?.Facts, now) switch
        {
            RefreshVerdict.Renew => await RenewAsync(row!, refreshToken, now, (session, mint) => SupersedeAsync(session, digest, mint, now)),
            RefreshVerdict.ReplaceSuccessor => await RenewAsync(row!, refreshToken, now, (session, mint) => ReplaceAsync(session, digest, row!.Successor!, mint, now)),
            RefreshVerdict.KeepToken => await RenewAsync(row!, refreshToken, now, null),
            RefreshVerdict.EndFamily => await EndFamilyAsync(row!, now),
            _ => OAuthAnswer.Refused(OAuthError.RefreshInvalid),
        };
    }

    private RefreshMode ModeOf(ClientApp app) => Enum.TryParse<RefreshMode>(app.RefreshMode, ignoreCase: true, out var mode) ? mode : options.Value.RefreshMode;

    /// <param name="take">Takes the right to mint; <c>null</c> keeps the refresh token as it is.</param>
    private async Task<OAuthAnswer> RenewAsync(Row row, string refreshToken, DateTimeOffset now, Func<Session, byte[], Task<bool>>? take)
    {
        var access = text.Next("act.");
        var refresh = take is null ? refreshToken : text.Next("rft.");
        var accessEnds = now + options.Value.AccessFor;
        var refreshEnds = take is null || options.Value.CarryRefreshEndOver ? row.RefreshExpiresAt : now + options.Value.RefreshFor;
        var accessDigest = TokenText.Digest(access);

        var renewed = await database.WriteAsync(async session =>
            (take is null || await take(session, accessDigest))
            && await session.RunAsync(Mint, new { access = accessDigest, family = row.FamilyId, accessEnds, refresh = take is null ? null : TokenText.Digest(refresh), refreshEnds, now }) == 1);
        return renewed
            ? new OAuthAnswer.Granted(access, refresh, row.OpenId, ScopeList.StillGranted(row.FamilyScopes, row.ConsentScopes), options.Value.AccessFor, refreshEnds - now)
            : OAuthAnswer.Refused(OAuthError.RefreshInvalid);
    }

    private static async Task<bool> SupersedeAsync(Session session, byte[] digest, byte[] access, DateTimeOffset now) =>
        await session.RunAsync(Supersede, new { digest, access, now }) == 1;

    // The pair nobody used makes way, so there are never two living branches.
    private static async Task<bool> ReplaceAsync(Session session, byte[] digest, byte[] successor, byte[] access, DateTimeOffset now) =>
        await session.RunAsync(EndSuccessor, new { successor, now }) == 1
        && await session.RunAsync("update token_pair set successor = @access where refresh_digest = @digest", new { digest, access }) == 1;

    private async Task<OAuthAnswer> EndFamilyAsync(Row row, DateTimeOffset now)
    {
        await database.WriteAsync(async session =>
        {
            if (await session.RunAsync("update token_family set ended_at = @now, ended_cause = 'refresh_replayed' where id = @family and ended_at is null", new { family = row.FamilyId, now }) == 1)
                await events.AddAsync(session, row.ConsentId, "refresh_replayed", null, now);
        });
        return OAuthAnswer.Refused(OAuthError.RefreshInvalid);
    }

    private sealed record Row
    {
        public string FamilyId { get; init; } = "";
        public DateTimeOffset RefreshExpiresAt { get; init; }
        public byte[]? Successor { get; init; }
        public string ConsentId { get; init; } = "";
        public string AppId { get; init; } = "";
        public string OpenId { get; init; } = "";
        public string FamilyScopes { get; init; } = "";
        public string ConsentScopes { get; init; } = "";
        public bool IsEnded { get; init; }
        public bool IsSuperseded { get; init; }
        public bool IsSuccessorUsed { get; init; }

        public RefreshFacts Facts => new(RefreshExpiresAt, IsEnded, IsSuperseded, IsSuccessorUsed);
    }
}
