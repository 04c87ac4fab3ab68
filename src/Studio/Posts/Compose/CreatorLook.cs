using System.Collections.Concurrent;
using Holdfast.Shell.Sealing;
using Holdfast.Studio.Accounts;
using Holdfast.Studio.Accounts.Tokens;
using Holdfast.TikTok;
using Holdfast.TikTok.Posting;

namespace Holdfast.Studio.Posts.Compose;

/// <summary>Asks TikTok what an account may post right now, when somebody looks at it on the compose page.</summary>
internal sealed class CreatorLook(StudioTikTok tiktok, AccessTokens tokens, TimeProvider clock)
{
    /// <summary>One person's way through the page is one question; TikTok answers 20 a minute.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(30);

    // At most one entry per connection.
    private readonly ConcurrentDictionary<string, (DateTimeOffset At, CreatorInfo Info)> latest = new(StringComparer.Ordinal);

    public async Task<CreatorAnswer> OfAsync(string workspaceId, string connectionId, CancellationToken aborted = default)
    {
        if (await tiktok.FindAsync(aborted) is not { } app)
            return new CreatorAnswer.NotNow(null);
        AccessTokenAnswer answer;
        try
        {
            answer = await tokens.ForAsync(workspaceId, connectionId, aborted);
        }
        catch (SealedSecretException)
        {
            return new CreatorAnswer.NotNow(null);
        }
        // Only whoever may use the account hears what was remembered about it.
        if (answer is AccessTokenAnswer.Usable && latest.TryGetValue(connectionId, out var known) && clock.GetUtcNow() - known.At < Fresh)
            return new CreatorAnswer.May(known.Info);

        for (var isSecond = false; ; isSecond = true)
        {
            if (answer is not AccessTokenAnswer.Usable usable)
                return answer is AccessTokenAnswer.NeedsSignIn ? new CreatorAnswer.NeedsSignIn() : new CreatorAnswer.NotNow(null);
            switch (await app.Client.Posting.CreatorInfoAsync(usable.Token, aborted))
            {
                case ApiOutcome<CreatorInfo>.Ok(var info, _):
                    latest[connectionId] = (clock.GetUtcNow(), info);
                    return new CreatorAnswer.May(info);
                case ApiOutcome<CreatorInfo>.Unknown(var unknown):
                    return new CreatorAnswer.NotNow(unknown.LogId);
                case ApiOutcome<CreatorInfo>.Refused(var refused) when refused.Class is TikTokErrorClass.TokenProblem && !isSecond:
                    answer = await tokens.RejectedAsync(connectionId, usable.Token, refused.LogId, aborted);
                    break;
                case ApiOutcome<CreatorInfo>.Refused(var refused):
                    return new CreatorAnswer.MayNot(refused.Code, refused.LogId);
            }
        }
    }
}

/// <summary>Whether the account can post now.</summary>
public abstract record CreatorAnswer
{
    private CreatorAnswer() { }

    public sealed record May(CreatorInfo Info) : CreatorAnswer;

    /// <summary>TikTok says no; the code tells why.</summary>
    public sealed record MayNot(string Code, string? LogId) : CreatorAnswer;

    public sealed record NeedsSignIn : CreatorAnswer;

    /// <summary>Nobody can say at the moment.</summary>
    public sealed record NotNow(string? LogId) : CreatorAnswer;
}
