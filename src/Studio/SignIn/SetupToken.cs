using System.Security.Cryptography;
using System.Text;
using Holdfast.Storage;

namespace Holdfast.Studio.SignIn;

/// <summary>Proves that whoever sets Studio up can read its console. Good until an owner exists; a restart makes a new one.</summary>
internal sealed class SetupToken(ISecretSource secrets)
{
    private readonly Lazy<string> value = new(() => Convert.ToHexStringLower(secrets.Bytes(16)));

    /// <summary>For the console only.</summary>
    public string Reveal() => value.Value;

    public bool Matches(string? given) =>
        given is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(value.Value), Encoding.UTF8.GetBytes(given.Trim()));

    public override string ToString() => "SetupToken(redacted)";
}
