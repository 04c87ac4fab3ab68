namespace Holdfast.People.SecondFactor;

/// <summary>A seed as people and apps read it.</summary>
public sealed class TotpKey(string base32)
{
    /// <summary>For typing: groups of four.</summary>
    public string Grouped => string.Join(' ', base32.Chunk(4).Select(group => new string(group)));

    /// <summary>For scanning: the address that authenticator apps understand.</summary>
    /// <param name="issuer">Which site this is.</param>
    /// <param name="account">Whose account.</param>
    public string Address(string issuer, string account) =>
        $"otpauth://totp/{Uri.EscapeDataString(issuer)}:{Uri.EscapeDataString(account)}?secret={base32}&issuer={Uri.EscapeDataString(issuer)}&algorithm=SHA1&digits=6&period=30";

    public override string ToString() => "TotpKey(redacted)";
}
