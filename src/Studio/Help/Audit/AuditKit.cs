namespace Holdfast.Studio.Help.Audit;

/// <summary>What TikTok's reviewers look for in a posting tool (content sharing guidelines, and the review criteria of the developer portal), and where Studio shows it.</summary>
/// <remarks>The words are in Texts.json below <c>help.audit.</c>; here are the keys and the screens, so that a journey can walk all of them.</remarks>
internal static class AuditKit
{
    /// <summary>The checklist, in the order in which a reviewer meets it.</summary>
    public static readonly IReadOnlyList<AuditGroup> Checklist =
    [
        new("connect", [new("permission", "/accounts"), new("refuse", "/accounts"), new("leave", "/accounts")]),
        new("creator", [new("nickname", "/compose#account-part"), new("blocked", "/compose#account-part"), new("length", "/compose#account-part")]),
        new("words", [new("caption", "/compose#caption"), new("clean", "/compose#preview"), new("preview", "/compose#preview")]),
        new("audience", [new("options", "/compose#account-part"), new("interactions", "/compose#account-part")]),
        new("disclosure", [new("switch", "/compose#commercial"), new("which", "/compose#commercial"), new("neither", "/compose#schedule"), new("private", "/compose#commercial")]),
        new("consent", [new("declaration", "/compose#consent"), new("branded", "/compose#consent"), new("before", "/compose#schedule"), new("record", "/posts")]),
        new("after", [new("minutes", "/compose#after-sending"), new("status", "/posts"), new("reasons", "/posts?show=needs-you")]),
    ];

    /// <summary>Each permission Studio asks TikTok for, and the screen that needs it: a permission that no screen shows fails a review.</summary>
    public static readonly IReadOnlyList<AuditPoint> Scopes =
    [
        new("user.info.basic", "/accounts"), new("user.info.profile", "/accounts"), new("user.info.stats", "/accounts"),
        new("video.list", "/accounts"), new("video.publish", "/compose"),
    ];

    /// <summary>What the app's page in TikTok's developer portal wants filled in.</summary>
    public static readonly IReadOnlyList<string> Papers = ["icon", "name", "site", "policies", "verified", "redirect", "sandbox", "video", "figures"];

    /// <summary>The demo run: scene by scene, with the screen each begins on.</summary>
    public static readonly IReadOnlyList<AuditPoint> Scenes =
    [
        new("site", "/"), new("connect", "/accounts"), new("profile", "/accounts"), new("compose", "/compose"), new("audience", "/compose#account-part"),
        new("disclosure", "/compose#commercial"), new("declaration", "/compose#consent"), new("publish", "/compose#schedule"), new("result", "/posts"), new("leave", "/accounts"),
    ];
}

/// <summary>Points of the checklist that belong together.</summary>
internal sealed record AuditGroup(string Key, IReadOnlyList<AuditPoint> Points);

/// <summary>One point, and the screen to see it on.</summary>
internal sealed record AuditPoint(string Key, string Href);
