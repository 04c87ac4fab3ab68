using Holdfast.Platform.Api;

namespace Holdfast.Platform.Requests;

/// <summary>Which calls are looked for; what is <c>null</c> does not narrow it.</summary>
internal sealed record RequestSearch
{
    /// <summary>One app's calls and those of its sandboxes. The portal always gives it, after it has asked whose the app is.</summary>
    public string? AppId { get; init; }

    /// <summary>The same by its key, for the console.</summary>
    public string? ClientKey { get; init; }
    public string? LogId { get; init; }
    public string? Place { get; init; }
    public bool OnlyErrors { get; init; }

    /// <summary>Where the page before ended.</summary>
    public long? BeforeAt { get; init; }
    public string? BeforeId { get; init; }

    public string Conditions => string.Join(" and ", new (string Text, bool IsWanted)[]
    {
        ("true", true),
        ("api_call.app_id in (select id from app where id = @AppId or sandbox_of = @AppId)", AppId is not null),
        ("app.client_key = @ClientKey", ClientKey is not null),
        ("api_call.log_id = @LogId", LogId is not null),
        ("api_call.place = @Place", Place is not null),
        ("(api_call.code <> 'ok' or api_call.fault is not null)", OnlyErrors),
        ("(api_call.at < @BeforeAt or (api_call.at = @BeforeAt and api_call.log_id < @BeforeId))", BeforeAt is not null),
    }.Where(condition => condition.IsWanted).Select(condition => condition.Text));

    /// <summary>Reads <c>?log_id=…&amp;place=…&amp;errors=1&amp;before=…</c>; what makes no sense is not there.</summary>
    public static RequestSearch Read(IQueryCollection query, string? appId)
    {
        var before = query["before"].ToString().Split('-', 2);
        return new RequestSearch
        {
            AppId = appId,
            LogId = query["log_id"].ToString().Trim().ToUpperInvariant() is { Length: > 0 } id ? id : null,
            Place = query["place"].ToString() is { Length: > 0 } place && ApiPlace.All.Contains(place) ? place : null,
            OnlyErrors = query["errors"] == "1",
            BeforeAt = before is [var at, _] && long.TryParse(at, System.Globalization.CultureInfo.InvariantCulture, out var instant) ? instant : null,
            BeforeId = before is [_, var last] ? last : null,
        };
    }

    /// <summary>The query of the next page, without its question mark.</summary>
    public string After(LoggedRequest last) => string.Join('&', new[]
    {
        Place is null ? "" : $"place={Place}",
        OnlyErrors ? "errors=1" : "",
        $"before={last.At.ToUnixTimeMilliseconds()}-{last.LogId}",
    }.Where(part => part.Length > 0));
}
