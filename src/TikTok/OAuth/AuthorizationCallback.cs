namespace Holdfast.TikTok.OAuth;

/// <summary>What TikTok's redirect says (tiktok-v2 §1.5, §1.6). Check <c>State</c> with <see cref="AuthorizationState.Matches"/> before believing anything else.</summary>
public abstract record AuthorizationCallback
{
    private AuthorizationCallback() { }

    /// <summary>Who answers, where the platform says so (<c>iss</c>, RFC 9207); null at TikTok. An answer of another platform than the one asked is not to be exchanged.</summary>
    public string? Issuer { get; init; }

    /// <summary>The person agreed.</summary>
    /// <param name="Code">To be exchanged within minutes; decoded exactly once.</param>
    /// <param name="Scopes">What was granted, possibly less than asked for.</param>
    /// <param name="State">The echo, or null when it is missing.</param>
    public sealed record Granted(AuthorizationCode Code, IReadOnlyList<string> Scopes, string? State) : AuthorizationCallback;

    /// <summary>No code: the person said no (<c>access_denied</c>) or TikTok refuses.</summary>
    /// <param name="Error">A word of §2.6.</param>
    /// <param name="Description">TikTok's sentence without control characters; escape it before showing it on a page. May be empty.</param>
    /// <param name="State">The echo, or null: TikTok does not promise one on errors.</param>
    public sealed record Refused(string Error, string Description, string? State) : AuthorizationCallback;

    /// <summary>Neither a code nor an error, or both, or one twice.</summary>
    /// <param name="Reason">One sentence for people.</param>
    public sealed record NotACallback(string Reason) : AuthorizationCallback;

    /// <summary>Reads a callback.</summary>
    /// <param name="uri">The address TikTok redirected to.</param>
    public static AuthorizationCallback Parse(Uri uri)
    {
        ArgumentNullException.ThrowIfNull(uri);
        var text = uri.OriginalString;
        var start = text.IndexOf('?', StringComparison.Ordinal);
        return Parse(start < 0 ? "" : text[start..]);
    }

    /// <summary>Reads a callback's query string, as it was sent (still encoded).</summary>
    /// <param name="query">With or without the question mark; a fragment is ignored.</param>
    public static AuthorizationCallback Parse(string query)
    {
        ArgumentNullException.ThrowIfNull(query);
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in QueryString.Parse(query))
        {
            if (!values.TryAdd(name, value) && name is "code" or "state" or "error" or "scopes" or "iss")
            {
                return new NotACallback($"The address holds {name} more than once.");
            }
        }

        var state = values.GetValueOrDefault("state");
        var issuer = values.GetValueOrDefault("iss");
        var code = values.GetValueOrDefault("code");
        if (values.GetValueOrDefault("error") is { Length: > 0 } error)
        {
            return code is { Length: > 0 }
                ? new NotACallback("The address holds both a code and an error.")
                : new Refused(Json.Printable(error), Json.Printable(values.GetValueOrDefault("error_description")), state) { Issuer = issuer };
        }

        return string.IsNullOrEmpty(code) ? new NotACallback("The address holds neither a code nor an error.")
            : !Secret.IsSound(code) ? new NotACallback("The code holds characters no TikTok code has.")
            : new Granted(new(code), TikTokScopes.Granted(values.GetValueOrDefault("scopes")), state) { Issuer = issuer };
    }
}
