namespace Holdfast.Platform.Console.Pages;

/// <summary>A call of the console's API as its page shows it; what it does stands under <c>console.api.…</c>.</summary>
internal sealed record ApiCall(string Name, string Method, string Path, string? Body = null, string? Example = null)
{
    public static IReadOnlyList<ApiCall> All { get; } =
    [
        new("faults", "GET", "/faults"),
        new("add-fault", "POST", "/faults", """{"kind":"status","place":"renewal","status":503,"times":3}"""),
        new("stop-fault", "DELETE", "/faults/{id}", Example: "/faults/01k0000000000000000000000"),
        new("stop-faults", "DELETE", "/faults"),
        new("verdicts", "GET", "/verdicts"),
        new("add-verdict", "POST", "/verdicts", """{"fail_reason":"spam_risk","times":2,"account":"ada"}"""),
        new("stop-verdict", "DELETE", "/verdicts/{id}", Example: "/verdicts/01k0000000000000000000000"),
        new("stop-verdicts", "DELETE", "/verdicts"),
        new("weather", "GET", "/weather"),
        new("start-weather", "POST", "/weather/{name}", """{"for":"30m"}""", "/weather/two-hour-outage"),
        new("stop-weather", "DELETE", "/weather/{name}", Example: "/weather/two-hour-outage"),
        new("settings", "GET", "/settings"),
        new("set", "PUT", "/settings", """{"access_token_lifetime":"2m","refresh_mode":"grace","rate_limits":false,"posts_per_day":null}"""),
        new("reset", "DELETE", "/settings"),
        new("apps", "GET", "/apps"),
        new("switch-app", "PUT", "/apps/{client_key}", """{"audited":false,"refresh_mode":"legacy"}""", "/apps/sbawdemoclient0001"),
        new("clock", "GET", "/clock"),
        new("move-clock", "POST", "/clock", """{"advance":"30d"}"""),
        new("clock-back", "DELETE", "/clock"),
        new("accounts", "GET", "/accounts"),
        new("account", "GET", "/accounts/{name}", Example: "/accounts/ada"),
        new("remove-access", "POST", "/accounts/{name}/remove-access", """{"app":"Demo app","reason":1}""", "/accounts/ada/remove-access"),
        new("rename", "POST", "/accounts/{name}/rename", """{"user_name":"ada.l","display_name":"Ada L."}""", "/accounts/ada/rename"),
        new("private", "POST", "/accounts/{name}/private", """{"private":true}""", "/accounts/ada/private"),
        new("forbid-posting", "POST", "/accounts/{name}/forbid-posting", """{"forbidden":true}""", "/accounts/ada/forbid-posting"),
        new("ban", "POST", "/accounts/{name}/ban", Example: "/accounts/ada/ban"),
        new("unban", "POST", "/accounts/{name}/unban", Example: "/accounts/ada/unban"),
        new("delete", "POST", "/accounts/{name}/delete", Example: "/accounts/ada/delete"),
        new("reviews", "GET", "/reviews"),
        new("approve", "POST", "/reviews/{client_key}/approve", """{"comments":"Fine."}""", "/reviews/sbaw0000000000000001/approve"),
        new("refuse", "POST", "/reviews/{client_key}/refuse", """{"comments":"The description says too little."}""", "/reviews/sbaw0000000000000001/refuse"),
        new("requests", "GET", "/requests", Example: "/requests?errors=1&place=token&limit=20"),
    ];

    /// <summary>The call as a command line.</summary>
    public string Curl(string console, bool withToken)
    {
        var method = Method is "GET" ? "" : $" -X {Method}";
        var token = withToken ? " -H \"Authorization: Bearer $CONSOLE_TOKEN\"" : "";
        var body = Body is null ? "" : $" -H 'Content-Type: application/json' -d '{Body}'";
        return $"curl{method} '{console}/api{Example ?? Path}'{token}{body}";
    }
}
