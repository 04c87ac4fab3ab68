namespace Holdfast.Cli.Explain;

/// <summary>TikTok's own PKCE: the challenge is hexadecimal (tiktok-v2 §1.7).</summary>
internal static class PkceRules
{
    private const string MakeHex = "Send the lower-case hexadecimal SHA-256 of the verifier (64 digits), unlike RFC 7636.";

    public static IEnumerable<Finding> Check(Address address)
    {
        var needed = Uri.TryCreate(address["redirect_uri"], UriKind.Absolute, out var redirect) && redirect.IsLoopback;
        if (address["code_challenge"] is not { } challenge)
        {
            if (needed)
                yield return new(Weight.Wrong, "code_challenge is missing, and this redirect URI can only be a Desktop one (error 10007).", MakeHex);
            yield break;
        }

        if (address["code_challenge_method"] is not { } method)
            yield return new(Weight.Note, "code_challenge_method is missing; S256 is the only one, and TikTok's own SDKs leave it out.");
        else if (method != "S256")
            yield return new(Weight.Wrong, $"code_challenge_method is {method}; only S256 exists (error 10008).", "Write code_challenge_method=S256.");

        var isHex = challenge.Length == 64 && challenge.All(char.IsAsciiHexDigit);
        if (!isHex)
        {
            var looks = challenge.Length == 43 && challenge.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_')
                ? "code_challenge is base64url, as RFC 7636 has it."
                : $"code_challenge has {challenge.Length} characters and is no SHA-256 in hexadecimal.";
            yield return needed
                ? new(Weight.Wrong, looks + " The consent page takes it, the exchange then fails with \"Code verifier or code challenge is invalid.\"", MakeHex)
                : new(Weight.Risk, looks + " For a Web redirect URI TikTok seems not to look at it.", "Leave PKCE out for Web, or: " + MakeHex);
        }
        else if (challenge.Any(char.IsAsciiLetterUpper))
        {
            yield return new(Weight.Risk, "code_challenge has upper-case digits; TikTok documents lower case.", "Lower it.");
        }
    }
}
