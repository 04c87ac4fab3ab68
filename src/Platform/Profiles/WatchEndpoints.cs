using System.Security.Cryptography;
using System.Text;
using Holdfast.People.Sessions;
using Holdfast.Shell.Pages;
using Microsoft.AspNetCore.Mvc;

namespace Holdfast.Platform.Profiles;

/// <summary><c>/@name/video/{id}</c>: plays a video, takes likes, counts views.</summary>
internal static class WatchEndpoints
{
    private const string Path = "/@{name}/video/{id}";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, ShowAsync).AllowAnonymous();
        routes.MapPost(Path + "/like", LikeAsync).RequireAuthorization();
        routes.MapPost(Path + "/view", ViewAsync).AllowAnonymous();
    }

    private static async Task<IResult> ShowAsync(string name, string id, string? changed, HttpContext http, Watching watching, Applause applause, VideoStore videos)
    {
        var viewer = http.User.IdOrNull();
        if (await watching.FindAsync(name, id, viewer, http.RequestAborted) is not { } watched)
            return TypedResults.NotFound();
        return Page.Show<WatchPage>(new
        {
            watched.Video,
            watched.Creator,
            IsOwner = viewer == watched.Creator.Id,
            IsSignedIn = viewer is not null,
            IsLiked = await applause.LikesAsync(watched.Video, viewer, http.RequestAborted),
            Photos = watched.Video.IsPhotos ? await videos.PhotosAsync(id, http.RequestAborted) : [],
            IsChanged = changed is not null,
        });
    }

    private static async Task<IResult> LikeAsync(string name, string id, [FromForm] bool like, HttpContext http, Watching watching, Applause applause)
    {
        var viewer = http.User.Id();
        if (await watching.FindAsync(name, id, viewer, http.RequestAborted) is not { } watched)
            return TypedResults.NotFound();
        await (like ? applause.LikeAsync(watched.Video, viewer, http.RequestAborted) : applause.UnlikeAsync(watched.Video, viewer, http.RequestAborted));
        return TypedResults.LocalRedirect(SiteLinks.VideoPath(watched.Creator.UserName, watched.Video.Id));
    }

    /// <param name="form">Read for its anti-forgery token alone: nobody counts views from another site.</param>
    private static async Task<IResult> ViewAsync(string name, string id, [FromForm] IFormCollection form, HttpContext http, Watching watching, Applause applause)
    {
        _ = form;
        if (await watching.FindAsync(name, id, http.User.IdOrNull(), http.RequestAborted) is not { } watched)
            return TypedResults.NotFound();
        await applause.ViewAsync(watched.Video, Viewer(http, watched.Video), http.RequestAborted);
        return TypedResults.NoContent();
    }

    // Salted with the video, so that rows of different videos do not tell who watched both.
    private static string Viewer(HttpContext http, Video video) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
        $"{video.Id}|{http.User.IdOrNull() ?? $"{SessionCookie.Address(http)}|{http.Request.Headers.UserAgent}"}")));
}
