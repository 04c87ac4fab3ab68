using Holdfast.Shell.Sealing;
using Holdfast.Studio.Accounts.Profile;
using Holdfast.Studio.Accounts.SignInAgain;
using Holdfast.TikTok.OAuth;

namespace Holdfast.Studio.Accounts.Connect;

/// <summary>From TikTok's callback to a connection that works: state, code, tokens saved, then the profile.</summary>
internal sealed class CompleteConnect(
    AttemptStore attempts, StudioTikTok tiktok, SecretSeal seal, SaveConnection saves, OtherAccount otherAccount, MovedAccount moved, ReadProfile profiles, ILogger<CompleteConnect> log)
{
    /// <summary>Runs once for each attempt, however often the callback is loaded.</summary>
    public async Task<CallbackAnswer> RunAsync(AuthorizationCallback callback, string? sessionDigest)
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
        switch (string.IsNullOrEmpty(state) ? new TakeAnswer.NotOurs() : await attempts.TakeAsync(state, sessionDigest, CancellationToken.None))
        {
            case TakeAnswer.Taken(var attempt):
                var finished = callback is AuthorizationCallback.Granted(var code, _, _)
                    ? await ExchangeAsync(attempt, code)
                    : await RefusedAsync(attempt, (AuthorizationCallback.Refused)callback);
                if (finished is { Status: AttemptStatus.Connected, ResultId: { } connection })
                    await LookAsync(connection);
                return new CallbackAnswer.Answered(finished);
            case TakeAnswer.Seen(var attempt):
                return new CallbackAnswer.Answered(attempt);
            case TakeAnswer.TooLate:
                return new CallbackAnswer.TooLate();
            default:
                log.ForeignCallback();
                return new CallbackAnswer.NotOurs();
        }
    }

    private Task<ConnectAttempt> RefusedAsync(ConnectAttempt attempt, AuthorizationCallback.Refused refused) => FinishAsync(attempt with
    {
        Status = refused.Error == "access_denied" ? AttemptStatus.Cancelled : AttemptStatus.Failed,
        Error = refused.Error,
        ErrorText = refused.Description,
    });

    private async Task<ConnectAttempt> ExchangeAsync(ConnectAttempt attempt, AuthorizationCode code)
    {
        try
        {
            if (await tiktok.FindAsync() is not { } app || app.Credentials.ClientKey != attempt.ClientKey)
                return await FailAsync(attempt, "app-changed");
            var verifier = attempt.Verifier is null ? null : new CodeVerifier(seal.Open(attempt.Verifier, StartConnect.VerifierOf(attempt.Id)));
            return await app.Client.Tokens.ExchangeAsync(app.Credentials, code, attempt.RedirectUri, verifier, CancellationToken.None) switch
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
        if (grant.RefreshToken is null && await saves.IsNewAsync(attempt.WorkspaceId, grant.OpenId))
            return await FailAsync(attempt, "incomplete", logId: grant.LogId); // what could never be renewed is no connection
        if (await saves.ExpectedAsync(attempt) is { } expected && expected.OpenId != grant.OpenId && !await moved.AdoptAsync(expected, app, grant))
            return await FinishAsync(await otherAccount.TurnAwayAsync(attempt, expected, app, grant));

        var connected = await saves.RunAsync(attempt, grant);
        log.Connected(connected.ResultId!, grant.LogId); // a saved attempt names its connection
        return connected;
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

    private Task<ConnectAttempt> FailAsync(ConnectAttempt attempt, string error, string? text = null, string? logId = null) =>
        FinishAsync(attempt with { Status = AttemptStatus.Failed, Error = error, ErrorText = text, LogId = logId });

    private async Task<ConnectAttempt> FinishAsync(ConnectAttempt attempt)
    {
        await attempts.FinishAsync(attempt);
        if (attempt.Status is not AttemptStatus.Cancelled)
            log.NotConnected(attempt.Id, attempt.Status, attempt.Error, attempt.LogId);
        return attempt;
    }
}
