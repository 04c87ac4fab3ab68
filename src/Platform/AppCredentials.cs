using System.Text;

namespace Holdfast.Platform;

/// <summary>An app's key and the only copy of its secret.</summary>
public sealed record AppCredentials(string ClientKey, string ClientSecret)
{
    // Records print their members, and this one holds a secret.
    private bool PrintMembers(StringBuilder text)
    {
        text.Append(ClientKey);
        return true;
    }
}
