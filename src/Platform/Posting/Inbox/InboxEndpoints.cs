using Holdfast.People.Sessions;
using Holdfast.Platform.Profiles;
using Holdfast.Platform.Shell;
using Holdfast.Shell.Guards;
using Holdfast.Shell.Pages;
using Holdfast.Storage.Blobs;

namespace Holdfast.Platform.Posting.Inbox;

/// <summary><c>/inbox</c>: the drafts that apps delivered, and the page on which their creator posts or discards them (§5.4).</summary>
internal static class InboxEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var pages = routes.MapGroup("/inbox").RequireAuthorization();
        pages.MapGet("", ListAsync);
        pages.MapGet("/{id}", ShowAsync);
        pages.MapPost("/{id}", AnswerAsync);
        pages.MapGet("/{id}/file", FileAsync);
        pages.MapGet("/{id}/cover", CoverAsync);
        pages.MapGet("/{id}/photo/{number:int}", PhotoAsync).WithMetadata(new ServesStrangersBytes());
    }

    private static async Task<IResult> ListAsync(string? discarded, HttpContext http, Drafts drafts) =>
        Page.Show<InboxPage>(new { Drafts = await drafts.ListAsync(http.User.Id(), http.RequestAborted), IsDiscarded = discarded is not null });

    private static async Task<IResult> ShowAsync(string id, HttpContext http, Drafts drafts, UploadStore uploads) =>
        await FindAsync(id, http, drafts) is var (draft, owner)
            ? await PageAsync(draft, owner, DraftForm.Of(draft, owner), null, http, uploads)
            : TypedResults.NotFound();

    private static async Task<IResult> AnswerAsync(string id, [AsParameters] DraftForm form, HttpContext http, Drafts drafts, UploadStore uploads, PublishPosts publish)
    {
        if (await FindAsync(id, http, drafts) is not var (draft, owner))
            return TypedResults.NotFound();
        if (form.Decision is "discard")
            return await drafts.DiscardAsync(draft, http.RequestAborted) ? SeeOther.To(http, "/inbox?discarded") : TypedResults.NotFound();
        var (choice, field) = DraftRule.Read(draft, owner, form);
        if (choice is null)
            return await PageAsync(draft, owner, form, field, http, uploads);
        // Another tab may have been faster.
        return await publish.FinishAsync(draft, choice, http.RequestAborted) is { } post
            ? SeeOther.To(http, SiteLinks.VideoPath(http.User.UserName(), post))
            : TypedResults.NotFound();
    }

    private static async Task<IResult> PageAsync(Draft draft, DraftOwner owner, DraftForm form, string? field, HttpContext http, UploadStore uploads) =>
        Page.Show<DraftPage>(
            new { Draft = draft, Owner = owner, Form = form, Field = field, Photos = draft.IsPhotos ? await uploads.PhotosAsync(draft.Id, http.RequestAborted) : [] },
            field is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);

    private static async Task<(Draft, DraftOwner)?> FindAsync(string id, HttpContext http, Drafts drafts) =>
        await drafts.FindAsync(http.User.Id(), id, http.RequestAborted) is { } draft && await drafts.OwnerAsync(http.User.Id(), http.RequestAborted) is { } owner ? (draft, owner) : null;

    private static async Task<IResult> FileAsync(string id, HttpContext http, Drafts drafts, IBlobStore blobs) =>
        await drafts.FindAsync(http.User.Id(), id, http.RequestAborted) is { IsPhotos: false } draft && await blobs.OpenReadAsync(draft.BlobKey, http.RequestAborted) is { } file
            ? MediaFiles.Send(http, file, draft.ContentType, draft.Id)
            : TypedResults.NotFound();

    private static async Task<IResult> CoverAsync(string id, HttpContext http, Drafts drafts, IBlobStore blobs)
    {
        if (await drafts.FindAsync(http.User.Id(), id, http.RequestAborted) is not { } draft)
            return TypedResults.NotFound();
        return draft.CoverKey is { } key && await blobs.OpenReadAsync(key, http.RequestAborted) is { } still
            ? await MediaFiles.SendPictureAsync(http, still, draft.Id)
            : MediaFiles.Drawn(DrawnPictures.Cover(draft.Words, draft.Id));
    }

    private static async Task<IResult> PhotoAsync(string id, int number, HttpContext http, Drafts drafts, UploadStore uploads, IBlobStore blobs) =>
        await drafts.FindAsync(http.User.Id(), id, http.RequestAborted) is not null
        && (await uploads.PhotosAsync(id, http.RequestAborted)).ElementAtOrDefault(number - 1) is { BlobKey: { } key } photo && await blobs.OpenReadAsync(key, http.RequestAborted) is { } file
            ? MediaFiles.Send(http, file, photo.ContentType, key.Replace('/', '-'))
            : TypedResults.NotFound();
}
