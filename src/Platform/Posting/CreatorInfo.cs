using Holdfast.Platform.Api;
using Holdfast.Platform.Posting.Init;
using Holdfast.Platform.Profiles;
using Microsoft.Extensions.Options;

namespace Holdfast.Platform.Posting;

/// <summary><c>POST /v2/post/publish/creator_info/query/</c> (§5.2). No body is needed.</summary>
internal static class CreatorInfo
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/v2/post/publish/creator_info/query/", HandleAsync)
        .RequireAccess(withData: false, "video.publish").LimitPerAccount("creator_info/query", 20);

    private static async Task<IResult> HandleAsync(HttpContext http, BeginPost posts, SiteLinks links, IOptions<PostingOptions> options)
    {
        var facts = await posts.FactsAsync(http.Access(), http.RequestAborted);
        // HTTP 200 on purpose (§5.2): the question was answered, and the answer is no.
        if (PostingRule.Stop(facts, options.Value) is { } stop)
            return ApiAnswer.Refused(stop with { Status = StatusCodes.Status200OK });

        return ApiAnswer.Ok(data =>
        {
            data.WriteString("creator_avatar_url", links.Avatar(facts.UserName));
            data.WriteString("creator_username", facts.UserName);
            data.WriteString("creator_nickname", facts.DisplayName);
            data.WriteStartArray("privacy_level_options");
            foreach (var option in PrivacyLevel.Options(facts.IsPrivate))
                data.WriteStringValue(option);
            data.WriteEndArray();
            data.WriteBoolean("comment_disabled", !facts.AllowsComments);
            data.WriteBoolean("duet_disabled", facts.IsPrivate || !facts.AllowsDuets);
            data.WriteBoolean("stitch_disabled", facts.IsPrivate || !facts.AllowsStitches);
            data.WriteNumber("max_video_post_duration_sec", facts.LongestVideoSeconds);
        });
    }
}
