using System.Text.Json;
using Holdfast.Platform.Api;

namespace Holdfast.Platform.Posting.Init;

/// <summary>Reads the body of <c>content/init</c> (§5.5).</summary>
internal static class PhotoRequest
{
    private const int LongestTitle = 90;
    private const int LongestDescription = 4_000;
    private const int MostPhotos = 35;

    /// <summary>Where the post is to end; <c>null</c> when the body does not say. It decides the scope, so it is read before the rest.</summary>
    public static string? ReadGoal(JsonElement? body) => body?.Text("post_mode") switch
    {
        // The field table prints a space, samples and clients an underscore.
        "DIRECT_POST" or "DIRECT POST" => PostGoal.Profile,
        "MEDIA_UPLOAD" => PostGoal.Inbox,
        _ => null,
    };

    /// <summary>A post of photos; the second part says what is wrong with it.</summary>
    /// <param name="mayBeFetched">Whether an address is one that may be called at all.</param>
    public static (InitRequest? Request, string Problem) Read(JsonElement? body, Func<string, bool> mayBeFetched)
    {
        if (body is not { } json)
            return (null, InitBody.NoJson);
        if (json.Text("media_type") is not "PHOTO" || ReadGoal(json) is not { } goal)
            return (null, "Invalid media_type or post_mode");
        if (json.Object("post_info") is not { } post)
            return (null, InitBody.NoPost);
        if (!post.Fits("title", LongestTitle))
            return (null, "The title is invalid: at most 90 UTF-16 characters");
        if (!post.Fits("description", LongestDescription))
            return (null, "The description is invalid: at most 4000 UTF-16 characters");
        if ((post.NoSwitch("disable_comment", "auto_add_music", "brand_content_toggle", "brand_organic_toggle", "is_aigc") ?? json.NoSwitch("is_aigc")) is { } wrong)
            return (null, $"The field {wrong} is invalid");
        if (json.Object("source_info") is not { } info || info.Text("source") is not "PULL_FROM_URL")
            return (null, InitBody.NoSource);
        if (ReadAddresses(info, mayBeFetched) is not { } addresses)
            return (null, "The photo_images are invalid: 1 to 35 https addresses are needed");
        if (info.Whole("photo_cover_index") is not { } cover || cover < 0 || cover >= addresses.Count)
            return (null, "The photo_cover_index is invalid");

        // These count only where the app posts itself; a draft's creator decides.
        var isDirect = goal == PostGoal.Profile;
        return (new InitRequest
        {
            Goal = goal,
            Source = new MediaSource.PhotosAt(addresses, (int)cover),
            Title = post.Text("title") ?? "",
            Caption = post.Text("description") ?? "",
            PrivacyLevel = isDirect ? post.Text("privacy_level") : null,
            DisableComment = isDirect && post.IsOn("disable_comment"),
            BrandContent = isDirect && post.IsOn("brand_content_toggle"),
            BrandOrganic = isDirect && post.IsOn("brand_organic_toggle"),
            IsAigc = json.IsOn("is_aigc") || post.IsOn("is_aigc"),
        }, "");
    }

    private static List<Uri>? ReadAddresses(JsonElement info, Func<string, bool> mayBeFetched)
    {
        if (info.Member("photo_images") is not { ValueKind: JsonValueKind.Array } list || list.GetArrayLength() is 0 or > MostPhotos)
            return null;
        List<Uri> found = [];
        foreach (var item in list.EnumerateArray())
        {
            if (item.Text() is not { } address || !mayBeFetched(address))
                return null;
            found.Add(new Uri(address));
        }
        return found;
    }
}
