using System.Text;

namespace Holdfast.Platform.Developers.GetACode;

/// <summary>A QR code a developer is trying out, as their app would keep it.</summary>
public sealed record QrGuide
{
    public string ClientKey { get; init; } = "";

    /// <summary>With the ticket in its place.</summary>
    public string Link { get; init; } = "";

    public string Id { get; init; } = "";
    public string Token { get; init; } = "";

    // Records print their members, and this one holds a token.
    private bool PrintMembers(StringBuilder text)
    {
        text.Append(ClientKey);
        return true;
    }
}
