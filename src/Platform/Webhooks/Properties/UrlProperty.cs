namespace Holdfast.Platform.Webhooks.Properties;

/// <summary>A domain or an address prefix that somebody says is theirs.</summary>
public sealed record UrlProperty
{
    public string Id { get; init; } = "";

    /// <summary>The one app it counts for; <c>null</c> for all of the owner's.</summary>
    public string? AppId { get; init; }

    public string? AppName { get; init; }

    /// <summary><c>domain</c> or <c>prefix</c>.</summary>
    public string Kind { get; init; } = "";

    public string Value { get; init; } = "";
    public string Token { get; init; } = "";
    public DateTimeOffset? VerifiedAt { get; init; }
    public DateTimeOffset? CheckedAt { get; init; }

    /// <summary>What the last check found instead: a name of <see cref="CheckProblem"/>, with a status behind a colon.</summary>
    public string? Problem { get; init; }

    public bool IsDomain => Kind == "domain";

    /// <summary>What proves it: the TXT record's value, and the file's content.</summary>
    public string Proof => $"tiktok-developers-site-verification={Token}";

    public string FileName => $"tiktok{Token}.txt";
}

/// <summary>What a check found instead of the proof; the words stand in Texts.json under <c>webhooks.properties.check.…</c>.</summary>
internal enum CheckProblem
{
    /// <summary>The name has no such TXT record.</summary>
    NoRecord,

    /// <summary>No name server answered.</summary>
    NoNameServer,

    /// <summary>The file's address was answered with another status than 200.</summary>
    FileStatus,

    /// <summary>The file says something else.</summary>
    FileContent,

    /// <summary>The file's address could not be called.</summary>
    FileUnreachable,

    /// <summary>The file's address leads inside.</summary>
    FileRefused,
}
