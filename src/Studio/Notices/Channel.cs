namespace Holdfast.Studio.Notices;

/// <summary>The ways out of the app, as stored. In the app a notice is the row itself.</summary>
internal static class Channel
{
    public const string Email = "email";
    public const string Webhook = "webhook";
}
