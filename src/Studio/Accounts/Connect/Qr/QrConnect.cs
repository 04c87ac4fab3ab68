using System.Buffers.Text;
using Holdfast.Shell.Hosting;
using Holdfast.Storage;
using Holdfast.TikTok.OAuth;
using Microsoft.Extensions.Options;

namespace Holdfast.Studio.Accounts.Connect.Qr;

/// <summary>From a QR code to a connection: draws it, asks what became of it, draws it anew when it lapses, and exchanges the code a phone has confirmed.</summary>
internal sealed class QrConnect(
    AttemptStore attempts, QrStore codes, StudioTikTok tiktok, CompleteConnect complete, ISecretSource secrets, Ulids ulids, IOptions<ConnectOptions> options, AppOptions app, ILogger<QrConnect> log)
{
    /// <summary>A page left open draws no codes for ever.</summary>
    public const int AtMost = 10;

    /// <summary>Begins an attempt and draws its first code; <c>null</c> where none is offered.</summary>
    public async Task<ConnectAttempt?> BeginAsync(Asker asker, string? connectionId, CancellationToken aborted)
    {
        if (await tiktok.FindAsync(aborted) is not { } found || !options.Value.OffersQr(found.Client.Endpoints))
            return null;
        var attempt = new ConnectAttempt
        {
            Id = ulids.Next(),
            WorkspaceId = asker.WorkspaceId,
            PersonId = asker.PersonId,
            ConnectionId = connectionId,
            ClientKey = found.Credentials.ClientKey,
            RedirectUri = StudioApp.ConnectRedirectUri(app),
            Issuer = found.Issuer,
            Via = AttemptVia.Qr,
            Status = AttemptStatus.Waiting,
        };
        // Its state is told to nobody: what ties the answers to this code is the ticket in it.
        await attempts.BeginAsync(attempt, asker.SessionDigest, Unguessable(), aborted);
        return await DrawAsync(attempt, found, wasRefused: false) ?? attempt;
    }

    /// <summary>Asks TikTok if it is time to, and does what the answer says.</summary>
    /// <remarks>Nothing here is cancelled with the request: the answer may hold the only copy of a code.</remarks>
    public async Task AdvanceAsync(ConnectAttempt attempt)
    {
        if (await codes.TakeTurnAsync(attempt.Id) is not { } row || await tiktok.FindAsync() is not { } found)
            return;
        switch (await found.Client.Qr.CheckQrCodeAsync(found.Credentials, codes.Open(row), CancellationToken.None))
        {
            case QrStatusOutcome.Waiting(var isScanned):
                await codes.EndTurnAsync(attempt.Id, isScanned);
                break;
            case QrStatusOutcome.Confirmed confirmed:
                if (await attempts.TakeQrAsync(attempt.Id) is { } taken)
                    await complete.FinishAsync(taken, confirmed.Code, confirmed.RedirectUri ?? attempt.RedirectUri);
                break;
            case QrStatusOutcome.Expired or QrStatusOutcome.Utilised when row.Codes >= AtMost:
                await FailAsync(attempt, "qr-lapsed");
                break;
            // Handed out already, and not to us: that answer was lost on the way.
            case QrStatusOutcome.Expired or QrStatusOutcome.Utilised:
                await DrawAsync(attempt, found, wasRefused: row.ScannedAt is not null);
                break;
            case QrStatusOutcome.Forged:
                log.ForeignScan(attempt.Id);
                await FailAsync(attempt, "qr-foreign");
                break;
            case QrStatusOutcome.AppProblem(var error):
                await FailAsync(attempt, error.Error, error.Description, error.LogId);
                break;
            case QrStatusOutcome.Unknown(var answer):
                await codes.EndTurnAsync(attempt.Id, retryAfter: answer.RetryAfter);
                break;
        }
    }

    private async Task<ConnectAttempt?> DrawAsync(ConnectAttempt attempt, TikTokApp found, bool wasRefused)
    {
        switch (await found.Client.Qr.GetQrCodeAsync(found.Credentials.ClientKey, StartConnect.ScopesFor(found.Client.Endpoints), state: null, Unguessable(), CancellationToken.None))
        {
            case QrCodeOutcome.Made(var code):
                await codes.DrawAsync(attempt.Id, code, wasRefused);
                return null;
            case QrCodeOutcome.AppProblem(var error):
                return await FailAsync(attempt, error.Error, error.Description, error.LogId);
            case QrCodeOutcome.Unknown(var answer):
                return await FailAsync(attempt, "qr-none", answer.Detail, answer.LogId);
            case var other:
                throw new System.Diagnostics.UnreachableException($"No answer for {other}.");
        }
    }

    private async Task<ConnectAttempt> FailAsync(ConnectAttempt attempt, string error, string? text = null, string? logId = null) =>
        await attempts.TakeQrAsync(attempt.Id) is { } taken ? await complete.FailAsync(taken, error, text, logId) : attempt;

    private string Unguessable() => Base64Url.EncodeToString(secrets.Bytes(32));
}
