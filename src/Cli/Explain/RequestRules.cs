namespace Holdfast.Cli.Explain;

/// <summary>The link to the consent page (tiktok-v2 §1.3, §1.7, §9).</summary>
internal static class RequestRules
{
    private static readonly string[] KnownScopes =
    [
        "user.info.basic", "user.info.profile", "user.info.stats", "video.list", "video.publish", "video.upload",
        "portability.all.single", "portability.all.ongoing", "portability.activity.single", "portability.activity.ongoing",
        "portability.directmessages.single", "portability.directmessages.ongoing", "portability.postsandprofile.single", "portability.postsandprofile.ongoing",
        "local.product.manage", "local.shop.manage", "local.voucher.manage",
    ];

    public static Explanation Explain(Address address)
    {
        List<Finding> findings =
        [
            .. Place(address), .. Repeated(address), .. Client(address), .. Scopes(address),
            .. RedirectRules.Check(address["redirect_uri"]), .. State(address), .. PkceRules.Check(address), .. Rest(address),
        ];
        return new(AddressKind.AuthorizationRequest, "An authorization link: it shows a person the consent page of an app.", [.. Parts(address)], findings);
    }

    private static IEnumerable<(string, string)> Parts(Address address)
    {
        if (address["client_key"] is { } key)
            yield return ("App", key + (key.StartsWith("sb", StringComparison.Ordinal) ? " (looks like a sandbox key)" : ""));
        if (address["scope"] is { } scope)
            yield return ("Asks for", scope);
        if (address["redirect_uri"] is { } redirect)
            yield return ("Comes back to", redirect);
        if (address.Has("code_challenge"))
            yield return ("PKCE", "yes");
    }

    private static IEnumerable<Finding> Place(Address address)
    {
        if (address.Host == "open.tiktokapis.com")
            yield return new(Weight.Wrong, "The consent page is not on open.tiktokapis.com; that host answers servers.", "Use https://www.tiktok.com/v2/auth/authorize/.");
        if (address.Scheme == "http" && address.Host is not ("localhost" or "127.0.0.1" or "[::1]" or ""))
            yield return new(Weight.Wrong, "Plain http lets anybody on the way read and change the request.", "Use https.");
        if (address.IsTikTok && address.Path.TrimEnd('/') == "/auth/authorize")
            yield return new(Weight.Wrong, "This is version 1 of the page, which ended on 29 February 2024.", "Use /v2/auth/authorize/.");
        else if (address.Path.Length > 0 && address.Path.TrimEnd('/') is not ("/v2/auth/authorize" or "/auth/authorize"))
            yield return new(Weight.Wrong, $"The consent page is not at {address.Path}.", "Use /v2/auth/authorize/.");
    }

    private static IEnumerable<Finding> Repeated(Address address) =>
        address.Parameters.GroupBy(parameter => parameter.Name).Where(group => group.Count() > 1)
            .Select(group => new Finding(Weight.Wrong, $"{group.Key} stands there {group.Count()} times; which one counts is anybody's guess.", "Send it once."));

    private static IEnumerable<Finding> Client(Address address)
    {
        if (address["client_key"] is null)
        {
            yield return address.Has("client_id")
                ? new(Weight.Wrong, "TikTok's name for the app is client_key; client_id is not read.", "Rename the parameter: most OAuth libraries need a setting for it.")
                : new(Weight.Wrong, "client_key is missing.", "Add the Client Key from the developer portal.");
        }
        else if (address.Has("client_id"))
        {
            yield return new(Weight.Note, "client_id is ignored; client_key counts.");
        }

        if (address["client_key"]?.StartsWith("sb", StringComparison.Ordinal) ?? false)
            yield return new(Weight.Note, "A sandbox key works only for the accounts listed as target users, and has redirect URIs of its own.");
        if (address.Has("client_secret"))
            yield return new(Weight.Wrong, "The client secret stands in a link that people and browsers see.", "Take it out and make a new secret in the developer portal: this one is known now.");
        if (address.Has("code_verifier"))
            yield return new(Weight.Wrong, "code_verifier belongs to the token request only; here it gives PKCE away.", "Send code_challenge here and keep the verifier.");
    }

    private static IEnumerable<Finding> Scopes(Address address)
    {
        if (address["scope"] is not { } scope)
        {
            yield return address.Has("scopes")
                ? new(Weight.Wrong, "The parameter is scope here; scopes is its name in the callback.", "Rename it.")
                : new(Weight.Wrong, "scope is missing.", "Add at least user.info.basic.");
            yield break;
        }

        var separators = scope.Trim().Contains(' ', StringComparison.Ordinal) ? scope.Replace(", ", ",", StringComparison.Ordinal) : "";
        if (separators.Trim().Contains(' ', StringComparison.Ordinal))
            yield return new(Weight.Wrong, "Scopes are separated by spaces; TikTok takes commas.", "Write scope=" + string.Join(',', scope.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries)));
        else if (separators.Length > 0)
            yield return new(Weight.Risk, "There are spaces beside the commas.", "Take them out: TikTok's own SDK does before it sends.");

        foreach (var name in scope.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries).Where(name => !KnownScopes.Contains(name)))
        {
            yield return name.StartsWith("research.", StringComparison.Ordinal)
                ? new(Weight.Wrong, $"{name} belongs to client tokens; no person grants it.", "Ask for a client token instead (grant_type=client_credentials).")
                : new(Weight.Risk, $"{name} is not a scope we know.", "Check the spelling: a scope the app lacks is reported as a wrong client_key.");
        }
    }

    private static IEnumerable<Finding> State(Address address)
    {
        if (address["state"] is not { } state)
            yield return new(Weight.Wrong, "state is missing: anybody could send a person back with somebody else's code.", "Add an unguessable value and compare it in the callback.");
        else if (state.Length < 16)
            yield return new(Weight.Risk, $"state has {state.Length} characters; that can be guessed.", "Use at least 16 random ones, new for every sign-in.");
    }

    private static IEnumerable<Finding> Rest(Address address)
    {
        if (address["response_type"] is not "code")
            yield return new(Weight.Wrong, address.Has("response_type") ? "response_type has to be code; there is no other." : "response_type is missing.", "Add response_type=code.");
        if (address["disable_auto_auth"] is { } auto && auto is not ("0" or "1"))
            yield return new(Weight.Risk, "disable_auto_auth is 0 or 1.", "1 always shows the consent page.");
    }
}
