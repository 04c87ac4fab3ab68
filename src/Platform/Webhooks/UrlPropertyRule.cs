using System.Net;
using Holdfast.Shell.Outside;

namespace Holdfast.Platform.Webhooks;

internal enum UrlPropertyKind { Domain, Prefix }

/// <summary>What may be claimed as one's own, and what a claim covers (§5.9).</summary>
internal static class UrlPropertyRule
{
    private const int Longest = 512;

    /// <summary>A domain covers itself, its sub-domains and all paths, never its parent; a prefix covers what begins with exactly it.</summary>
    public static bool Covers(UrlPropertyKind kind, string value, Uri address) => kind switch
    {
        UrlPropertyKind.Domain => address.Scheme is "https" && address.HostNameType is UriHostNameType.Dns
            && (address.IdnHost == value || address.IdnHost.EndsWith("." + value, StringComparison.Ordinal)),
        // The parsed address: dots have been resolved, so /mine/../theirs is what it really is.
        _ => address.AbsoluteUri.StartsWith(value, StringComparison.Ordinal),
    };

    /// <summary>What is wrong with a claim; <c>null</c> when it can be verified.</summary>
    public static UrlPropertyProblem? ProblemWith(UrlPropertyKind kind, string value, bool allowsLoopback) =>
        value.Length is 0 or > Longest ? UrlPropertyProblem.Length : kind is UrlPropertyKind.Domain ? DomainProblem(value) : PrefixProblem(value, allowsLoopback);

    private static UrlPropertyProblem? DomainProblem(string value) =>
        IPAddress.TryParse(value, out _) ? UrlPropertyProblem.IpHost
        : Uri.CheckHostName(value) is not UriHostNameType.Dns || !value.Contains('.', StringComparison.Ordinal) || value.EndsWith('.') || value.Any(c => c is not ('.' or '-' or (>= 'a' and <= 'z') or (>= '0' and <= '9'))) ? UrlPropertyProblem.Domain
        : null;

    private static UrlPropertyProblem? PrefixProblem(string value, bool allowsLoopback)
    {
        if (!Uri.TryCreate(value, UriKind.Absolute, out var parsed) || value.Contains('?', StringComparison.Ordinal) || value.Contains('#', StringComparison.Ordinal))
            return UrlPropertyProblem.Prefix;
        var thisMachine = allowsLoopback && OutsideUrlRule.IsLoopback(parsed);
        if (parsed.Scheme is not "https" && !(thisMachine && parsed.Scheme is "http"))
            return UrlPropertyProblem.Scheme;
        if (parsed.UserInfo.Length > 0)
            return UrlPropertyProblem.Prefix;
        if (!thisMachine && parsed.HostNameType is not UriHostNameType.Dns)
            return UrlPropertyProblem.IpHost;
        if (!value.EndsWith('/'))
            return UrlPropertyProblem.Slash;
        // Compared as text later on, so it has to be written as a browser would send it.
        return parsed.AbsoluteUri == value ? null : UrlPropertyProblem.Prefix;
    }
}

/// <summary>Which rule a claim breaks; the words stand in Texts.json under <c>webhooks.properties.problem.…</c>.</summary>
internal enum UrlPropertyProblem { Length, Domain, Prefix, Scheme, IpHost, Slash }
