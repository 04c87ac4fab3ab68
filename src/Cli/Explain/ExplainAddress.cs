namespace Holdfast.Cli.Explain;

/// <summary>Says what an authorization, callback or error address means and what is wrong with it. Pure: text in, words out.</summary>
internal static class ExplainAddress
{
    private static readonly Explanation Nothing = new(
        AddressKind.Unrecognised, "This is no address of a TikTok authorization.", [],
        [new(Weight.Wrong, "It holds none of client_key, code, error or error_type.", "Paste the whole address in quotes: a shell cuts at & otherwise.")]);

    public static Explanation Of(string text)
    {
        if (Address.Read(text) is not { } address)
            return Nothing;

        var isAuthorizePath = address.Path.TrimEnd('/').EndsWith("/auth/authorize", StringComparison.Ordinal);
        return (isAuthorizePath && address.Has("error")) || address.Has("error_type") || address.Has("errCode") ? ErrorPageRules.Explain(address)
            : address.Path.TrimEnd('/') is "/v2/oauth/token" or "/v2/oauth/revoke" ? Endpoint(address)
            : isAuthorizePath || address.Has("client_key") || address.Has("code_challenge") || (address.Has("response_type") && !address.Has("code")) ? RequestRules.Explain(address)
            : address.Has("code") || address.Has("error") ? CallbackRules.Explain(address)
            : Nothing;
    }

    private static Explanation Endpoint(Address address)
    {
        List<Finding> findings = [new(Weight.Note, "It takes a POST with a form body, sent from a server or a terminal; a browser has no business here.")];
        if (address.Parameters.Count > 0)
            findings.Add(new(Weight.Wrong, "Parameters stand in the address, where logs and histories keep them.", "Send them as form fields in the body, and treat a secret that was sent this way as known to others."));
        return new(AddressKind.ServerEndpoint, "TikTok's token endpoint.", [], findings);
    }
}
