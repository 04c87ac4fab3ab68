using Holdfast.Platform.Audience;
using Holdfast.Shell.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Holdfast.Platform.Profiles;

/// <summary>Absolute addresses of profiles, videos and pictures, as the API tells them.</summary>
internal sealed class SiteLinks(AppOptions options, IServer server)
{
    /// <summary>The Platform's address with a path; on port 0, the port it really got.</summary>
    public string At(string path) => options.Url.Port != 0
        ? options.At(path)
        : (server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? options.At("")) + path;

    public string Profile(string userName) => At(ProfilePath(userName));

    public string Avatar(string userName) => At(AvatarPath(userName));

    public string Video(string userName, string id) => At(VideoPath(userName, id));

    public string Cover(string userName, string id) => At(CoverPath(userName, id));

    public static string ProfilePath(string userName) => $"/@{userName}";

    public static string AvatarPath(string userName) => $"/@{userName}/avatar";

    public static string AudiencePath(string userName, AudienceList list) => $"/@{userName}/{list.ToString().ToLowerInvariant()}";

    public static string VideoPath(string userName, string id) => $"/@{userName}/video/{id}";

    public static string CoverPath(string userName, string id) => $"/@{userName}/video/{id}/cover";

    public static string FilePath(string userName, string id) => $"/@{userName}/video/{id}/file";

    public static string PhotoPath(string userName, string id, long number) => FormattableString.Invariant($"/@{userName}/video/{id}/photo/{number + 1}");
}
