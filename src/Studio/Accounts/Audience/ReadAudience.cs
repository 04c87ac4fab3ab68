using Holdfast.Domain.Connections;
using Holdfast.Shell.Sealing;
using Holdfast.Studio.Accounts.Tokens;
using Holdfast.TikTok;
using Holdfast.TikTok.Audience;

namespace Holdfast.Studio.Accounts.Audience;

/// <summary>Reads follower and following lists, an addition of our own Platform. Nothing is kept: other people's names are not ours to store.</summary>
internal sealed class ReadAudience(AccessTokens tokens, StudioTikTok tiktok, TimeProvider clock)
{
    private const int Newest = 6;

    // The account's page never waits longer for what stands at its edge.
    private static readonly TimeSpan GlanceFor = TimeSpan.FromSeconds(2);

    /// <summary>One page of a list.</summary>
    /// <param name="cursor">From the page before; <c>null</c> for the newest.</param>
    public async Task<AudienceAnswer> PageAsync(ConnectionRow row, AudienceList list, long? cursor, int count, CancellationToken aborted)
    {
        if (!ScopeSet.Parse(row.Scopes).Allows(Ability.ShowAudience) || await tiktok.FindAsync(aborted) is not { Client: { Endpoints.IsTikTok: false } client })
            return new AudienceAnswer.NotGranted();
        try
        {
            return await tokens.ForAsync(row.WorkspaceId, row.Id, aborted) switch
            {
                AccessTokenAnswer.Usable usable => await AskAsync(client, list, usable.Token, cursor, count, aborted),
                AccessTokenAnswer.NeedsSignIn => new AudienceAnswer.NotGranted(),
                _ => new AudienceAnswer.NotNow(null, null),
            };
        }
        catch (SealedSecretException)
        {
            return new AudienceAnswer.NotNow(null, null);
        }
    }

    /// <summary>The newest of both lists; <c>null</c> where they were not granted.</summary>
    public async Task<AudienceGlance?> GlanceAsync(ConnectionRow row, CancellationToken aborted)
    {
        if (!ScopeSet.Parse(row.Scopes).Allows(Ability.ShowAudience) || !ConnectionState.Read(row.State, row.StateReason).IsUsable)
            return null;
        using var late = new CancellationTokenSource(GlanceFor, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, aborted);
        return new AudienceGlance(await SoonAsync(AudienceList.Followers), await SoonAsync(AudienceList.Following));

        async Task<AudienceAnswer> SoonAsync(AudienceList list)
        {
            try
            {
                return await PageAsync(row, list, null, Newest, either.Token);
            }
            catch (OperationCanceledException) when (!aborted.IsCancellationRequested)
            {
                return new AudienceAnswer.NotNow(null, null);
            }
        }
    }

    private static async Task<AudienceAnswer> AskAsync(TikTokClient client, AudienceList list, AccessToken token, long? cursor, int count, CancellationToken aborted)
    {
        var outcome = list is AudienceList.Followers
            ? await client.Audience.FollowersAsync(token, cursor, count, aborted)
            : await client.Audience.FollowingAsync(token, cursor, count, aborted);
        switch (outcome)
        {
            case ApiOutcome<FollowPage>.Ok(var page, _):
                return new AudienceAnswer.Listed(page);
            case ApiOutcome<FollowPage>.Refused({ Class: TikTokErrorClass.ScopeMissing }):
                return new AudienceAnswer.NotGranted(); // withdrawn since; the next renewal tells the connection
            case ApiOutcome<FollowPage>.Refused(var error):
                // Of a token that is no longer taken the next look tells the connection: a page's patience is too short to renew in.
                return new AudienceAnswer.NotNow(error.Code, error.LogId);
            case ApiOutcome<FollowPage>.Unknown(var unknown):
                return new AudienceAnswer.NotNow(null, unknown.LogId);
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }
}
