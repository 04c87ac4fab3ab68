using Holdfast.Shell.Sealing;
using Holdfast.Studio.Accounts.Links;
using Holdfast.Studio.Accounts.Profile;
using Holdfast.Studio.Accounts.SignInAgain;
using Holdfast.TikTok.OAuth;

namespace Holdfast.Studio.Accounts.Connect;

/// <summary>From TikTok's callback to a connection that works: state, code, tokens saved, then the profile.</summary>
internal sealed class CompleteConnect(
    AttemptStore attempts, StudioTikTok tiktok, SecretSeal seal, SaveConnection saves, OtherAccount otherAccount, MovedAccount moved, ReadProfile profiles, ILogger<CompleteConnect> log)
{
    /// <summary>Runs once for each attempt, however often the callback is loaded.</summary>
    /// <param name="digests">Whose browser this is: the member's session and the guest of a link, as far as there are any.</param>
    public async Task<CallbackAnswer> RunAsync(AuthorizationCallback callback, params IReadOnlyList<string?> digests)
    {
        var state = callback switch
        {
            AuthorizationCallback.Granted granted => granted.State,
            AuthorizationCallback.Refused refused => refused.State,
            _ => null,
        };
        if (callback is AuthorizationCallback.NotACallback)
            return new CallbackAnswer.NotACallback();

        // Before anything else is believed: was this state given out, to this very session?
        switch (await TakeAsync(state, digests))
        {
            case TakeAnswer.Taken(var attempt):
                return new CallbackAnswer.Answered(callback is AuthorizationCallback.Granted granted
                    ? await GrantedAsync(attempt, granted)
                    : await RefusedAsync(attempt, (AuthorizationCallback.Refused)callback));
            case TakeAnswer.Seen(var attempt):
                return new CallbackAnswer.Answered(attempt);
            case TakeAnswer.TooLate:
                return new CallbackAnswer.TooLate();
            default:
                log.ForeignCallback();
                return new CallbackAnswer.NotOurs();
        }
    }

    /// <summary>Exchanges a code for an attempt that was taken.</summary>
    /// <param name="redirectUri">What the code is bound to.</param>
    public async Task<ConnectAttempt> FinishAsync(ConnectAttempt attempt, AuthorizationCode code, string redirectUri)
    {
        var finished = await ExchangeAsync(attempt, code, redirectUri);
        if (finished is { Status: AttemptStatus.Connected, ResultId: { } connection })
            await LookAsync(connection);
        return finished;
    }

    public Task<ConnectAttempt> FailAsync(ConnectAttempt attempt, string error, string? text = null, string? logId = null) =>
        EndAsync(attempt with { Status = AttemptStatus.Failed, Error = error, ErrorText = text, LogId = logId });

    private async Task<TakeAnswer> TakeAsync(string? state, IReadOnlyList<string?> digests)
    {
        foreach (var digest in string.IsNullOrEmpty(state) ? [] : digests.OfType<string>())
        {
            if (await attempts.TakeAsync(state!, digest, CancellationToken.None) is not TakeAnswer.NotOurs and var answer) // an empty one has no digests
                return answer;
        }
        return new TakeAnswer.NotOurs();
    }

    private async Task<ConnectAttempt> GrantedAsync(ConnectAttempt attempt, AuthorizationCallback.Granted granted)
    {
        if (await MixedUpAsync(attempt, granted.Issuer))
        {
            log.OtherPlatform(attempt.Id, attempt.Issuer);
            return await FailAsync(attempt, "other-platform");
        }
        return await FinishAsync(attempt, granted.Code, attempt.RedirectUri);
    }

    // A platform that was asked to name itself and does not, or names another, may have been given our code by somebody else (RFC 9207, case 100).
    private async Task<bool> MixedUpAsync(ConnectAttempt attempt, string? said) =>
        attempt.Issuer is { } asked && (said is not null ? said != asked : await tiktok.EndpointsAsync() is { IsTikTok: false });

    private Task<ConnectAttempt> RefusedAsync(ConnectAttempt attempt, AuthorizationCallback.Refused refused) => EndAsync(attempt with
    {
        Status = refused.Error == "access_denied" ? AttemptStatus.Cancelled : AttemptStatus.Failed,
        Error = refused.Error,
        ErrorText = refused.Description,
    });

    private async Task<ConnectAttempt> ExchangeAsync(ConnectAttempt attempt, AuthorizationCode code, string redirectUri)
    {
        try
        {
            if (await tiktok.FindAsync() is not { } app || app.Credentials.ClientKey != attempt.ClientKey || (attempt.Issuer is { } issuer && app.Issuer != issuer))
                return await FailAsync(attempt, "app-changed");
            var verifier = attempt.Verifier is null ? null : new CodeVerifier(seal.Open(attempt.Verifier, StartConnect.VerifierOf(attempt.Id)));
            return await app.Client.Tokens.ExchangeAsync(app.Credentials, code, redirectUri, verifier, CancellationToken.None) switch
            {
                TokenOutcome.Granted(var grant) => await GrantedAsync(attempt, app, grant),
                TokenOutcome.Refused(var error) => await FailAsync(attempt, error.Error, error.Description, error.LogId),
                TokenOutcome.AppProblem(var error) => await FailAsync(attempt, error.Error, error.Description, error.LogId),
                TokenOutcome.Unknown(var answer) => await FailAsync(attempt, "no-answer", answer.Detail, answer.LogId),
                var other => throw new System.Diagnostics.UnreachableException($"No answer for {other}."),
            };
        }
        catch (Exception failure)
        {
            // The person must not look at "finishing" for ever; the log has the cause.
            log.ConnectFailed(failure, attempt.Id);
            return await FailAsync(attempt, failure is SealedSecretException closed ? closed.Cause : "broken");
        }
    }

    private async Task<ConnectAttempt> GrantedAsync(ConnectAttempt attempt, TikTokApp app, TokenGrant grant)
    {
        // More than was asked for is nobody's consent: it is not taken over (case 103).
        grant = grant with { Scopes = [.. grant.Scopes.Intersect(StartConnect.ScopesFor(app.Client.Endpoints), StringComparer.Ordinal)] };
        if (grant.RefreshToken is null && await saves.IsNewAsync(attempt.WorkspaceId, grant.OpenId))
            return await FailAsync(attempt, "incomplete", logId: grant.LogId); // what could never be renewed is no connection
        if (await saves.ExpectedAsync(attempt) is { } expected && expected.OpenId != grant.OpenId && !await moved.AdoptAsync(expected, app, grant))
            return await EndAsync(await otherAccount.TurnAwayAsync(attempt, expected, app, grant));

        try
        {
            var connected = await saves.RunAsync(attempt, grant);
            log.Connected(connected.ResultId!, grant.LogId); // a saved attempt names its connection
            return connected;
        }
        catch (LinkOverException refused)
        {
            // Decided in the transaction: another account was faster on this link, or it was taken back meanwhile.
            var away = await otherAccount.TurnAwayAsync(attempt, null, app, grant);
            return await EndAsync(refused.IsTaken ? away : away with { Status = AttemptStatus.Failed, Error = "link-over" });
        }
    }

    /// <summary>So that the next page has a face to show. Nothing here can undo the connection: what fails is looked at again by itself.</summary>
    private async Task LookAsync(string connectionId)
    {
        try
        {
            await profiles.TryAsync(connectionId, CancellationToken.None);
        }
        catch (Exception failure)
        {
            log.LookFailed(failure, connectionId);
        }
    }

    private async Task<ConnectAttempt> EndAsync(ConnectAttempt attempt)
    {
        await attempts.FinishAsync(attempt);
        if (attempt.Status is not AttemptStatus.Cancelled)
            log.NotConnected(attempt.Id, attempt.Status, attempt.Error, attempt.LogId);
        return attempt;
    }
}
