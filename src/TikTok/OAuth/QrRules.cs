using System.Text.Json;

namespace Holdfast.TikTok.OAuth;

/// <summary>Decides what the two QR calls answered. Pure: bytes and status in, outcome out.</summary>
internal static class QrRules
{
    public static QrCodeOutcome ForCode(WireAnswer answer, string ticket)
    {
        var (root, error, unknown) = TokenRules.Open(answer);
        return unknown is not null ? new QrCodeOutcome.Unknown(unknown)
            : error is not null ? new QrCodeOutcome.AppProblem(error)
            : root.Text("scan_qrcode_url") is { Length: <= 4_096 } link && QrCode.Fill(link, ticket) is { } filled && root.Text("token") is { } token && Secret.IsSound(token)
                ? new QrCodeOutcome.Made(new(filled, ticket, new(token)))
                : new QrCodeOutcome.Unknown(TokenRules.Incomplete((WireAnswer.Answered)answer, root));
    }

    public static QrStatusOutcome ForStatus(WireAnswer answer, string ticket)
    {
        var (root, error, unknown) = TokenRules.Open(answer);
        if (unknown is not null)
        {
            return new QrStatusOutcome.Unknown(unknown);
        }

        if (error is not null)
        {
            return new QrStatusOutcome.AppProblem(error);
        }

        var status = root.Text("status");
        if (status is "scanned" or "confirmed" or "utilised" && !AuthorizationState.Matches(ticket, root.Text("client_ticket")))
        {
            return new QrStatusOutcome.Forged();
        }

        return status switch
        {
            "new" => new QrStatusOutcome.Waiting(IsScanned: false),
            "scanned" => new QrStatusOutcome.Waiting(IsScanned: true),
            "expired" => new QrStatusOutcome.Expired(),
            "utilised" => new QrStatusOutcome.Utilised(),
            "confirmed" when Code(root) is { } confirmed => confirmed,
            _ => new QrStatusOutcome.Unknown(TokenRules.Incomplete((WireAnswer.Answered)answer, root)),
        };
    }

    // The sample has the code in the query of redirect_uri, the field table such an address in code (§1.9); a bare code is what everybody else sends.
    private static QrStatusOutcome.Confirmed? Code(JsonElement root)
    {
        var state = root.Text("state");
        foreach (var text in new[] { root.Text("redirect_uri"), root.Text("code") }.OfType<string>())
        {
            if (text.IndexOf('?', StringComparison.Ordinal) is > 0 and var mark
                && QueryString.Parse(text[mark..]).FirstOrDefault(pair => pair.Name == "code").Value is { } found && Secret.IsSound(found))
            {
                return new(new(found), text[..mark], state);
            }
        }

        return root.Text("code") is { } bare && Secret.IsSound(bare) ? new(new(bare), null, state) : null;
    }
}
