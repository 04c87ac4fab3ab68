using System.Collections.Frozen;

namespace Holdfast.Platform.Api;

/// <summary>The endpoints that programs call, by the names the console, its faults and the request log use.</summary>
internal static class ApiPlace
{
    public const string Authorize = "authorize";
    public const string Token = "token";
    public const string Revoke = "revoke";
    public const string QrCode = "qrcode";
    public const string CreatorInfo = "creator_info";
    public const string VideoInit = "video_init";
    public const string InboxInit = "inbox_init";
    public const string PhotoInit = "photo_init";
    public const string Status = "status";
    public const string Cancel = "cancel";
    public const string Upload = "upload";
    public const string Business = "business";
    public const string Unknown = "unknown";

    private const string TokenPath = "/v2/oauth/token";

    private static readonly FrozenDictionary<string, string> Paths = new Dictionary<string, string>
    {
        ["/v2/auth/authorize"] = Authorize,
        [TokenPath] = Token,
        ["/v2/oauth/revoke"] = Revoke,
        ["/v2/oauth/get_qrcode"] = QrCode,
        ["/v2/oauth/check_qrcode"] = QrCode,
        ["/v2/user/info"] = "user_info",
        ["/v2/video/list"] = "video_list",
        ["/v2/video/query"] = "video_query",
        ["/v2/platform/user/followers"] = "follower_lists",
        ["/v2/platform/user/following"] = "follower_lists",
        ["/v2/post/publish/creator_info/query"] = CreatorInfo,
        ["/v2/post/publish/video/init"] = VideoInit,
        ["/v2/post/publish/inbox/video/init"] = InboxInit,
        ["/v2/post/publish/content/init"] = PhotoInit,
        ["/v2/post/publish/status/fetch"] = Status,
        ["/v2/post/publish/cancel"] = Cancel,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>Every name, in the order of the API.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        Authorize, Token, Revoke, QrCode, "user_info", "video_list", "video_query", "follower_lists",
        CreatorInfo, VideoInit, InboxInit, PhotoInit, Status, Cancel, Upload, "research", Business, Unknown,
    ];

    public static bool IsOAuth(string place) => place is Token or Revoke or QrCode;

    public static bool IsPosting(string place) => place is CreatorInfo or VideoInit or InboxInit or PhotoInit or Status or Cancel or Upload;

    /// <summary>Which endpoint a request is for; <c>null</c> when it is no program's.</summary>
    public static string? Of(HttpRequest request)
    {
        var path = request.Path.Value ?? "";
        // Most calls of most days are renewals.
        if (path is TokenPath + "/" or TokenPath)
            return Token;
        if (path.Equals("/video/", StringComparison.OrdinalIgnoreCase) || path.Equals("/video", StringComparison.OrdinalIgnoreCase))
            return HttpMethods.IsPut(request.Method) ? Upload : null;
        if (path.StartsWith("/open_api/", StringComparison.OrdinalIgnoreCase))
            return Business;
        if (!path.StartsWith("/v2/", StringComparison.OrdinalIgnoreCase))
            return null;
        if (Paths.TryGetValue(path.TrimEnd('/'), out var place))
            return place;
        if (path.StartsWith("/v2/research/", StringComparison.OrdinalIgnoreCase))
            return "research";
        return path.StartsWith("/v2/auth/", StringComparison.OrdinalIgnoreCase) ? null : Unknown; // the consent page's own form
    }
}
