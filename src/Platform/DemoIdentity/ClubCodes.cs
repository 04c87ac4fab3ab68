using System.Buffers.Text;
using System.Collections.Concurrent;
using Holdfast.Storage;

namespace Holdfast.Platform.DemoIdentity;

/// <summary>Codes and access tokens of the demo's identity provider: in memory, for a minute, each taken once.</summary>
internal sealed class ClubCodes(ISecretSource secrets, TimeProvider clock)
{
    public static readonly TimeSpan For = TimeSpan.FromMinutes(1);
    private readonly ConcurrentDictionary<string, (ClubGrant Grant, DateTimeOffset Ends)> open = new(StringComparer.Ordinal);

    /// <param name="kind"><c>code</c> or <c>token</c>: one is never taken for the other.</param>
    public string Add(string kind, ClubGrant grant)
    {
        var now = clock.GetUtcNow();
        foreach (var (key, value) in open)
        {
            if (value.Ends <= now)
                open.TryRemove(key, out _);
        }
        var code = Base64Url.EncodeToString(secrets.Bytes(32));
        open[kind + code] = (grant, now + For);
        return code;
    }

    public ClubGrant? Take(string kind, string? code) => code is not null && open.TryRemove(kind + code, out var found) && found.Ends > clock.GetUtcNow() ? found.Grant : null;
}

/// <summary>What somebody agreed to by choosing a person.</summary>
internal sealed record ClubGrant(ClubMember Member, string RedirectUri, string? Nonce, string? Challenge);
