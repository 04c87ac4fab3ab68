using Holdfast.TikTok.OAuth;

namespace Holdfast.Cli.Authorize;

/// <summary>What to do about a refused exchange (tiktok-v2 §2.6).</summary>
internal static class ExchangeErrors
{
    public static string Advice(OAuthError error) => error switch
    {
        { Error: "invalid_client" } => "Client key and secret do not belong together. Sandbox and production have different pairs; copy both from the same page of the developer portal.",
        { Error: "invalid_grant" } => "The code is used up, too old or somebody else's. A code works once and for some minutes; run the command again.",
        { Error: "invalid_request", Description: var text } when text.Contains("edirect", StringComparison.Ordinal) =>
            "The redirect URI of the exchange has to be the one of the link, character by character.",
        { Error: "invalid_request", Description: var text } when text.Contains("verifier", StringComparison.OrdinalIgnoreCase) =>
            "The PKCE verifier does not fit the challenge of the link. TikTok wants the challenge in hexadecimal.",
        { Error: "unauthorized_client" } => "The app may not do this yet: look at its products and its approval in the developer portal.",
        { Error: "invalid_scope" } => "A scope is not enabled for the app. Ask for fewer with --scope.",
        _ => "Run the command again; if it stays, the log_id tells TikTok's support which call it was.",
    };
}
