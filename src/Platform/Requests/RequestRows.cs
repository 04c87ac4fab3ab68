using System.Text.Json;
using Holdfast.Storage;

namespace Holdfast.Platform.Requests;

/// <summary>The request log's table.</summary>
internal sealed class RequestRows(Database database)
{
    private static readonly JsonSerializerOptions Rows = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    // A whole batch is one parameter: the two engines unpack it in words of their own.
    private const string Sqlite = """
        (select value ->> 'log_id' as log_id, value ->> 'at' as at, value ->> 'place' as place, value ->> 'method' as method, value ->> 'client_key' as client_key,
          value ->> 'upload_id' as upload_id, value ->> 'open_id' as open_id, value ->> 'status' as status, value ->> 'code' as code, value ->> 'duration_us' as duration_us,
          value ->> 'fault' as fault, value ->> 'user_agent' as user_agent from json_each(@rows)) sent
        """;

    private const string PostgreSql = """
        json_to_recordset(cast(@rows as json)) as sent (log_id text, at bigint, place text, method text, client_key text,
          upload_id text, open_id text, status bigint, code text, duration_us bigint, fault text, user_agent text)
        """;

    private const string Columns = """
        select api_call.log_id, api_call.at, api_call.place, api_call.method, api_call.app_id, app.name as app_name, app.client_key, api_call.open_id, person.user_name,
          api_call.status, api_call.code, api_call.duration_us, api_call.fault, api_call.user_agent
        from api_call left join app on app.id = api_call.app_id
        left join app_account on app_account.open_id = api_call.open_id left join person on person.id = app_account.person_id
        """;

    /// <summary>Writes a batch. A key nobody has registered is not kept: it may be anything.</summary>
    public Task AddAsync(IReadOnlyList<LoggedCall> calls) => database.WriteAsync(session => session.RunAsync($"""
        insert into api_call (log_id, at, place, method, app_id, open_id, status, code, duration_us, fault, user_agent)
        select sent.log_id, sent.at, sent.place, sent.method, coalesce(app.id, upload.app_id), coalesce(sent.open_id, consent.open_id), sent.status, sent.code, sent.duration_us, sent.fault, sent.user_agent
        from {(session.Engine == Engine.PostgreSql ? PostgreSql : Sqlite)}
        left join app on app.client_key = sent.client_key
        left join upload on upload.id = sent.upload_id
        left join consent on consent.id = upload.consent_id
        where true on conflict do nothing
        """, new { rows = JsonSerializer.Serialize(calls, Rows) }));

    /// <summary>The newest first.</summary>
    public Task<IReadOnlyList<LoggedRequest>> ListAsync(RequestSearch search, int atMost, CancellationToken aborted) => database.ReadAsync(session => session.ListAsync<LoggedRequest>(
        $"{Columns} where {search.Conditions} order by api_call.at desc, api_call.log_id desc limit @atMost",
        new { search.AppId, search.ClientKey, search.LogId, search.Place, search.BeforeAt, search.BeforeId, atMost }), aborted);

    /// <summary>Clears what is older than <paramref name="before"/> and what is more than <paramref name="most"/>, some at a time; the number of lines that went.</summary>
    public async Task<int> ClearAsync(DateTimeOffset before, int most, int atOnce, CancellationToken stopping) =>
        await database.WriteAsync(session => session.RunAsync(
            "delete from api_call where log_id in (select log_id from api_call where at < @before order by at limit @atOnce)", new { before, atOnce }), stopping)
        + await database.WriteAsync(session => session.RunAsync("""
            delete from api_call where log_id in (
              select log_id from api_call where at < (select at from api_call order by at desc limit 1 offset @most) order by at limit @atOnce)
            """, new { most, atOnce }), stopping);
}
