using Holdfast.Domain.Connections;
using Holdfast.TikTok;

namespace Holdfast.Studio.Accounts.Tokens;

/// <summary>Whether a call on an account's behalf can be made now.</summary>
internal abstract record AccessTokenAnswer
{
    private AccessTokenAnswer() { }

    /// <param name="Token">Lives for some minutes more at the least, as far as TikTok told.</param>
    /// <param name="OpenId">Whose it is.</param>
    /// <param name="Scopes">What the person granted.</param>
    public sealed record Usable(AccessToken Token, string OpenId, ScopeSet Scopes) : AccessTokenAnswer;

    /// <summary>Only a person can change this: a sign-in, or for a restricted account nobody here.</summary>
    public sealed record NeedsSignIn(ConnectionState State) : AccessTokenAnswer;

    /// <summary>Not this moment, and nobody is to blame: TikTok or the app is in trouble.</summary>
    public sealed record NotNow(DateTimeOffset RetryAt) : AccessTokenAnswer;
}
