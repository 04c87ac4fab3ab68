using System.Collections.Frozen;

namespace Holdfast.Platform.Tokens;

/// <summary>What a living access token opens.</summary>
/// <param name="CreatorId">The account: <c>person.id</c>, <c>creator.person_id</c>.</param>
/// <param name="Scopes">What was granted at the exchange and has not been withdrawn since.</param>
/// <param name="LastUsedAt">The last call that was written down; see <c>LastUse</c>.</param>
internal sealed record AccessGrant(string CreatorId, string AppId, string ClientKey, string OpenId, FrozenSet<string> Scopes, string ConsentId, DateTimeOffset? LastUsedAt);
