using System.Text;
using Holdfast.People.Sessions;
using Holdfast.Shell.Guards;
using Holdfast.Storage.Blobs;
using Microsoft.Net.Http.Headers;

namespace Holdfast.Platform.Profiles;

/// <summary>The bytes of videos, covers and avatars. A video is sent in the ranges a player asks for, straight from the blob store.</summary>
internal static class MediaFiles
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapMethods("/@{name}/video/{id}/file", GetOrHead, VideoAsync).AllowAnonymous();
        routes.MapMethods("/@{name}/video/{id}/cover", GetOrHead, CoverAsync).AllowAnonymous();
        routes.MapMethods("/@{name}/video/{id}/photo/{number:int}", GetOrHead, PhotoAsync).AllowAnonymous().WithMetadata(new ServesStrangersBytes());
        routes.MapMethods("/@{name}/avatar", GetOrHead, AvatarAsync).AllowAnonymous();
    }

    private static readonly string[] GetOrHead = [HttpMethods.Get, HttpMethods.Head];

    private static async Task<IResult> VideoAsync(string name, string id, HttpContext http, Watching watching, IBlobStore blobs) =>
        await watching.FindAsync(name, id, http.User.IdOrNull(), http.RequestAborted) is { Video: var video } && await blobs.OpenReadAsync(video.BlobKey, http.RequestAborted) is { } file
            ? Send(http, file, video.ContentType, video.Id)
            : TypedResults.NotFound();

    private static async Task<IResult> CoverAsync(string name, string id, HttpContext http, Watching watching, IBlobStore blobs)
    {
        if (await watching.FindAsync(name, id, http.User.IdOrNull(), http.RequestAborted) is not { Video: var video })
            return TypedResults.NotFound();
        return video.CoverKey is not null && await blobs.OpenReadAsync(video.CoverKey, http.RequestAborted) is { } still
            ? await SendPictureAsync(http, still, video.Id)
            : Drawn(DrawnPictures.Cover(video.Caption, video.Id));
    }

    private static async Task<IResult> PhotoAsync(string name, string id, int number, HttpContext http, Watching watching, VideoStore videos, IBlobStore blobs) =>
        await watching.FindAsync(name, id, http.User.IdOrNull(), http.RequestAborted) is not null
        && (await videos.PhotosAsync(id, http.RequestAborted)).ElementAtOrDefault(number - 1) is { } photo && await blobs.OpenReadAsync(photo.BlobKey, http.RequestAborted) is { } file
            ? Send(http, file, photo.ContentType, photo.BlobKey.Replace('/', '-'))
            : TypedResults.NotFound();

    private static async Task<IResult> AvatarAsync(string name, HttpContext http, VideoStore videos, IBlobStore blobs)
    {
        if (await videos.FindCreatorByNameAsync(name, http.RequestAborted) is not { } creator)
            return TypedResults.NotFound();
        if (creator.AvatarKey is not { } key || await blobs.OpenReadAsync(key, http.RequestAborted) is not { } picture)
            return Drawn(DrawnPictures.Avatar(creator.DisplayName, creator.Id));

        return await SendPictureAsync(http, picture, key.Replace('/', '-'));
    }

    internal static async Task<IResult> SendPictureAsync(HttpContext http, Stream picture, string tag)
    {
        var head = new byte[12];
        await picture.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, http.RequestAborted);
        picture.Position = 0;
        return Send(http, picture, PictureType(head), tag);
    }

    // Who may see a video can change at any time, so a browser keeps it but asks before it shows it again.
    internal static IResult Send(HttpContext http, Stream file, string type, string tag)
    {
        http.Response.Headers.CacheControl = "private, no-cache";
        return TypedResults.Stream(file, type, entityTag: new EntityTagHeaderValue($"\"{tag}\""), enableRangeProcessing: true);
    }

    internal static IResult Drawn(string svg) => TypedResults.Text(svg, DrawnPictures.ContentType, Encoding.UTF8);

    private static string PictureType(ReadOnlySpan<byte> head) => head switch
    {
        [0xFF, 0xD8, ..] => "image/jpeg",
        [0x89, (byte)'P', (byte)'N', (byte)'G', ..] => "image/png",
        [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'E', (byte)'B', (byte)'P'] => "image/webp",
        _ => "application/octet-stream",
    };
}
