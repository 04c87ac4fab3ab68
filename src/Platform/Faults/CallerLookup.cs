using Holdfast.Platform.Api;
using Holdfast.Platform.Tokens;
using Holdfast.Storage;

namespace Holdfast.Platform.Faults;

/// <summary>Finds out for whom a call is made before it is answered. Only asked while a fault acts.</summary>
internal sealed class CallerLookup(Database database, AccessTokens tokens)
{
    private const int Largest = 64 * 1024;

    private const string OfUpload = "select app_id, creator_id as person_id from upload where id = @id";

    // A key names the app; what else is shown names the account. Neither is proven here: only a fault hangs on it.
    private const string OfForm = """
        select app.id as app_id, app.client_key, consent.person_id, consent.open_id
        from app left join consent on consent.id = coalesce(
          (select token_family.consent_id from token_pair join token_family on token_family.id = token_pair.family_id
           where token_pair.refresh_digest = @token or token_pair.access_digest = @token limit 1),
          (select authorization_code.consent_id from authorization_code where authorization_code.digest = @token))
        where app.client_key = @key
        """;

    public async Task<Caller> FindAsync(HttpContext http, string place)
    {
        if (ApiPlace.IsOAuth(place))
            return await OfFormAsync(http.Request);
        if (place is ApiPlace.Upload)
            return await FirstAsync(OfUpload, new { id = http.Request.Query["upload_id"].ToString() }) ?? new Caller();
        return await tokens.VerifyAsync(http.Request) is { } access ? new Caller(access.AppId, access.CreatorId) { ClientKey = access.ClientKey, OpenId = access.OpenId } : new Caller();
    }

    private async Task<Caller> OfFormAsync(HttpRequest request)
    {
        request.EnableBuffering(Largest, Largest + 1);
        try
        {
            using var body = new MemoryStream();
            await request.Body.CopyToAsync(body);
            if (FormFields.Read(body.ToArray()) is not { } fields)
                return new Caller();
            var token = fields["refresh_token"] ?? fields["code"] ?? fields["token"] ?? "";
            var found = await FirstAsync(OfForm, new { key = fields["client_key"] ?? "", token = TokenText.Digest(token) }) ?? new Caller();
            return found with { Grant = fields["grant_type"] };
        }
        catch (Exception unreadable) when (unreadable is IOException)
        {
            return new Caller(); // too large, too slow or gone: the endpoint says so itself
        }
        finally
        {
            request.Body.Position = 0;
        }
    }

    private async Task<Caller?> FirstAsync(string sql, object parameters) =>
        await database.ReadAsync(session => session.FirstAsync<Row>(sql, parameters)) is { } row ? new Caller(row.AppId, row.PersonId) { ClientKey = row.ClientKey, OpenId = row.OpenId } : null;

    private sealed record Row
    {
        public string? AppId { get; init; }
        public string? PersonId { get; init; }
        public string? ClientKey { get; init; }
        public string? OpenId { get; init; }
    }
}
