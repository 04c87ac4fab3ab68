using System.Buffers.Text;
using Holdfast.Shell.Hosting;
using Holdfast.Storage;
using Holdfast.TikTok;
using Holdfast.TikTok.OAuth;
using QRCoder;

namespace Holdfast.Cli.Authorize;

/// <summary>Shows a QR code in the terminal and waits until a phone has confirmed it.</summary>
internal sealed class ScanToSignIn(TimeProvider clock, ISecretSource secrets, Terminal terminal)
{
    private static readonly TimeSpan AskEvery = TimeSpan.FromSeconds(2);

    /// <exception cref="StartupException">No QR code was made.</exception>
    /// <exception cref="TimeoutException">Nobody confirmed in time.</exception>
    public async Task<(AuthorizationCallback.Granted? Granted, AuthorizeResult Result)> RunAsync(
        AuthorizeSettings settings, TikTokClient client, AuthorizeApp app, IReadOnlyList<string> scopes, CancellationToken stopping)
    {
        var (state, ticket) = (Base64Url.EncodeToString(secrets.Bytes(16)), Base64Url.EncodeToString(secrets.Bytes(16)));
        var code = await client.Qr.GetQrCodeAsync(app.Credentials.ClientKey, scopes, state, ticket, stopping) switch
        {
            QrCodeOutcome.Made(var made) => made,
            QrCodeOutcome.AppProblem(var error) => throw new StartupException($"No QR code was made: {error.Error} ({error.Description})"),
            QrCodeOutcome.Unknown(var answer) => throw new StartupException($"No QR code was made: {answer.Detail}"),
            var other => throw new System.Diagnostics.UnreachableException($"No answer for {other}."),
        };
        Draw(code);

        var result = new AuthorizeResult(client.Endpoints, app, settings.RedirectUri ?? "", null, scopes, clock);
        var until = clock.GetUtcNow() + settings.Patience;
        var isScanned = false;
        while (clock.GetUtcNow() < until)
        {
            await Task.Delay(AskEvery, clock, stopping);
            switch (await client.Qr.CheckQrCodeAsync(app.Credentials, code, stopping))
            {
                case QrStatusOutcome.Waiting(var scanned):
                    if (scanned && !isScanned)
                        terminal.Say("Scanned. Confirm it on the phone.");
                    isScanned |= scanned;
                    break;
                case QrStatusOutcome.Confirmed confirmed when AuthorizationState.Matches(state, confirmed.State ?? state):
                    return (new AuthorizationCallback.Granted(confirmed.Code, scopes, confirmed.State), result with { RedirectUri = confirmed.RedirectUri ?? result.RedirectUri });
                case QrStatusOutcome.Confirmed or QrStatusOutcome.Forged:
                    terminal.Say("The answer belongs to another scan: its ticket or state is not ours. Nothing was exchanged.");
                    return (null, result);
                case QrStatusOutcome.Expired:
                    terminal.Say(isScanned ? "Refused on the phone, or not confirmed in time. Run the command again for a new code." : "The code is too old. Run the command again for a new one.");
                    return (null, result);
                case QrStatusOutcome.Utilised:
                    terminal.Say("The code behind this QR code was handed out already. Run the command again for a new one.");
                    return (null, result);
                case QrStatusOutcome.AppProblem(var error):
                    terminal.Say($"Asking after the QR code was refused: {error.Error} ({error.Description})");
                    return (null, result);
                case QrStatusOutcome.Unknown:
                    break; // asked again in a moment
            }
        }

        throw new TimeoutException();
    }

    private void Draw(QrCode code)
    {
        using var generator = new QRCodeGenerator();
        using var data = generator.CreateQrCode(code.Link, QRCodeGenerator.ECCLevel.L);
        using var picture = new AsciiQRCode(data);
        terminal.Say("Scan this with the phone of whoever shall let the app in:");
        terminal.Say();
        terminal.Say(picture.GetGraphicSmall());
        terminal.Say();
        terminal.Say($"  {code.Link}");
        if (code.CompareText is { } letters)
            terminal.Say($"  The phone has to show the same letters: {letters}");
        if (Uri.TryCreate(code.Link, UriKind.Absolute, out var link) && link.IsLoopback)
            terminal.Say("  This address is known on this machine only: open it in a browser here, or start the Platform with --listen and --platform-url for a phone.");
        terminal.Say();
    }
}
