namespace Holdfast.Cli.Explain;

/// <summary>TikTok's own error page, which a wrong authorization link ends at (tiktok-v2 §1.6).</summary>
internal static class ErrorPageRules
{
    public static Explanation Explain(Address address)
    {
        var error = address["error"] ?? "";
        var type = address["error_type"] ?? "";
        var number = address["errCode"] ?? "";
        List<(string, string)> parts = [.. new[] { ("error", error), ("error_type", type), ("errCode", number), ("logid", address["logid"] ?? address["log_id"] ?? "") }
            .Where(part => part.Item2.Length > 0).Select(part => (part.Item1, CallbackRules.Printable(part.Item2)))];
        return new(
            AddressKind.ErrorPage,
            "TikTok's error page: the authorization link was refused before anybody was asked. The app is never told; only this page is shown.",
            parts,
            [.. Meaning(error, type, number)]);
    }

    private static IEnumerable<Finding> Meaning(string error, string type, string number)
    {
        if (number == "10007" || type == "code_challenge")
        {
            yield return new(Weight.Wrong, "code_challenge is missing, but the redirect URI is registered under Desktop (or iOS, Android), where PKCE is mandatory.",
                "Send the lower-case hexadecimal SHA-256 of a fresh verifier, or register the redirect URI under Web.");
        }
        else if (number == "10008" || type == "code_challenge_method")
        {
            yield return new(Weight.Wrong, "code_challenge_method is not S256.", "Write code_challenge_method=S256; there is no other.");
        }
        else if (type == "redirect_uri")
        {
            yield return new(Weight.Wrong, "The redirect URI is not registered for this key, character by character.",
                "Compare scheme, host (localhost is not 127.0.0.1), port and the slash at the end. Sandbox and production have lists of their own, and so have Web and Desktop.");
        }
        else if (type is "scope")
        {
            yield return new(Weight.Wrong, "scope is missing or empty.", "Add at least scope=user.info.basic.");
        }
        else if (type is "state")
        {
            yield return new(Weight.Wrong, "state is missing or too long.", "Add an unguessable value of at least 16 characters and compare it in the callback.");
        }
        else if (type is "response_type")
        {
            yield return new(Weight.Wrong, "response_type is missing or not code.", "Add response_type=code; there is no other.");
        }
        else if (type is "request")
        {
            yield return new(Weight.Wrong, "The link cannot be read: a parameter stands there twice, or the encoding is broken.", "Send each parameter once, encoded once.");
        }
        else if (type == "client_key" || error == "unauthorized_client")
        {
            yield return new(Weight.Wrong, "TikTok says the client key is wrong. That is only one of the reasons behind this answer:", "Go through the list.");
            yield return new(Weight.Note, "a scope in the link that the app does not have (the most common one: try scope=user.info.basic alone);");
            yield return new(Weight.Note, "a sandbox key with an account that is no target user, or a production key before the app is approved;");
            yield return new(Weight.Note, "Login Kit not added to the app; a redirect URI of the other environment; or really a wrong key.");
        }
        else
        {
            yield return new(Weight.Wrong, "This combination is not in our notes.", "Run holdfast explain on the authorization link itself; keep the logid for TikTok's support.");
        }
    }
}
