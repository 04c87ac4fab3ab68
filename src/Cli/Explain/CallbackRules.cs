namespace Holdfast.Cli.Explain;

/// <summary>The address the browser comes back to (tiktok-v2 §1.5, §1.6).</summary>
internal static class CallbackRules
{
    public static Explanation Explain(Address address) => address.Has("error") ? Refused(address) : Granted(address);

    private static Explanation Granted(Address address)
    {
        List<Finding> findings = [];
        var code = address["code"] ?? "";
        if (address.Parameters.Count(parameter => parameter.Name == "code") > 1)
            findings.Add(new(Weight.Wrong, "There are two codes; nothing TikTok sends looks like that.", "Start the sign-in again and do not use these."));
        if (code.Length == 0)
            findings.Add(new(Weight.Wrong, "The code is empty.", "Start the sign-in again."));
        else if (code.Contains("%2A", StringComparison.OrdinalIgnoreCase) || code.Contains("%21", StringComparison.OrdinalIgnoreCase))
            findings.Add(new(Weight.Wrong, "The code is encoded twice: after decoding it once it still holds %2A or %21.", "Decode it exactly once, then let the form encoder encode it again for the exchange."));
        else if (code.Any(character => char.IsWhiteSpace(character) || char.IsControl(character)))
            findings.Add(new(Weight.Wrong, "The code holds spaces.", "A + was decoded, or the text was broken when it was copied. Copy the address again."));
        else if (code.EndsWith('*'))
            findings.Add(new(Weight.Wrong, "The code ends at the *: the part from ! on is missing.", "In a shell, put the address in single quotes: ! means something to it otherwise."));
        else if (address.Raw("code") is { } raw && raw != code)
            findings.Add(new(Weight.Note, "The code arrives encoded (%2A is *, %21 is !). Decode it exactly once before the exchange."));

        if (address["state"] is null && address["scopes"] is null && code.Length > 0)
            findings.Add(new(Weight.Risk, "state and scopes are missing.", "If this came from a terminal, the shell cut the address at &: put it in single quotes."));
        else if (address["state"] is null)
            findings.Add(new(Weight.Wrong, "state is missing, so nobody can tell whose sign-in this answers.", "Send state with the authorization link, and refuse a callback without it."));

        if (address.Has("scope") && !address.Has("scopes"))
            findings.Add(new(Weight.Note, "The callback's parameter is scopes; scope is the one of the token answer."));
        findings.Add(new(Weight.Note, "A code works once and for some minutes only (about 10). The exchange needs the very same redirect_uri, and the code_verifier if the link had a challenge."));

        List<(string, string)> parts = [("Code", $"{code.Length} characters (not shown: it is as good as a password for some minutes)")];
        if (address["scopes"] is { } scopes)
            parts.Add(("Granted", scopes));
        return new(AddressKind.Callback, "A successful callback: the person agreed, and this code buys the tokens.", parts, findings);
    }

    private static Explanation Refused(Address address)
    {
        var error = address["error"] ?? "";
        List<Finding> findings = [Meaning(error)];
        if (address.Has("code"))
            findings.Add(new(Weight.Wrong, "There is a code beside the error; nothing TikTok sends looks like that.", "Do not use the code."));
        if (address["state"] is null)
            findings.Add(new(Weight.Note, "There is no state. TikTok does not promise one on errors."));
        List<(string, string)> parts = [("Error", Printable(error))];
        if (address["error_description"] is { } description)
            parts.Add(("TikTok says", Printable(description)));
        return new(AddressKind.CallbackError, "A callback without a code: the sign-in ended with an error.", parts, findings);
    }

    private static Finding Meaning(string error) => error switch
    {
        "access_denied" => new(Weight.Wrong, "The person pressed Cancel, or TikTok refused for them.", "Nothing is broken: say so kindly and offer to try again."),
        "invalid_scope" => new(Weight.Wrong, "A scope is unknown or written wrongly.", "Compare with the scopes of the app in the developer portal; separate them by commas."),
        "unauthorized_client" => new(Weight.Wrong, "The app may not do this: not approved, Login Kit missing, or a scope it lacks.", "Look at the app's products and scopes in the developer portal."),
        "invalid_request" => new(Weight.Wrong, "A parameter of the link was missing or malformed.", "Run holdfast explain on the authorization link."),
        "unsupported_response_type" => new(Weight.Wrong, "response_type was not code.", "Write response_type=code."),
        "server_error" or "temporarily_unavailable" => new(Weight.Wrong, "TikTok had a problem of its own.", "Try again in some minutes; the app need not change."),
        _ => new(Weight.Wrong, "This error is not in TikTok's list.", "Try again; if it stays, send TikTok the log_id and the time."),
    };

    internal static string Printable(string text) => new([.. text.Take(300).Where(character => !char.IsControl(character))]);
}
