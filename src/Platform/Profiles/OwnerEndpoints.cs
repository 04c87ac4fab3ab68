using Holdfast.People.Sessions;
using Holdfast.Platform.Shell;
using Holdfast.Shell.Pages;
using Microsoft.AspNetCore.Mvc;

namespace Holdfast.Platform.Profiles;

/// <summary>What the owner of a post finds on its page: who can see it, and its end.</summary>
internal static class OwnerEndpoints
{
    private const string Path = "/@{name}/video/{id}";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost(Path + "/audience", ShowToAsync).RequireAuthorization();
        routes.MapGet(Path + "/delete", AskAsync).RequireAuthorization();
        routes.MapPost(Path + "/delete", DeleteAsync).RequireAuthorization();
    }

    private static async Task<IResult> ShowToAsync(string name, string id, [FromForm] string? privacy, HttpContext http, ChangePosts posts) =>
        await posts.ShowToAsync(http.User.Id(), id, privacy ?? "", http.RequestAborted)
            ? SeeOther.To(http, SiteLinks.VideoPath(http.User.UserName(), id) + "?changed")
            : TypedResults.NotFound();

    private static async Task<IResult> AskAsync(string name, string id, HttpContext http, Watching watching) =>
        await watching.FindAsync(name, id, http.User.Id(), http.RequestAborted) is { } watched && watched.Creator.Id == http.User.Id()
            ? Page.Show<DeletePostPage>(new { watched.Video, watched.Creator })
            : TypedResults.NotFound();

    /// <param name="form">Read for its anti-forgery token alone.</param>
    private static async Task<IResult> DeleteAsync(string name, string id, [FromForm] IFormCollection form, HttpContext http, ChangePosts posts)
    {
        _ = form;
        return await posts.DeleteAsync(http.User.Id(), id, http.RequestAborted)
            ? SeeOther.To(http, SiteLinks.ProfilePath(http.User.UserName()) + "?deleted")
            : TypedResults.NotFound();
    }
}
