using Holdfast.Shell.Pages;
using Holdfast.Studio.Accounts;
using Holdfast.Studio.Media;
using Holdfast.Studio.Workspaces;

namespace Holdfast.Studio.Posts.Compose;

/// <summary>Gathers what the compose page shows.</summary>
internal sealed class ComposePages(
    CurrentWorkspace workspace, ConnectionStore connections, CreatorLook creators, MediaStore media, Samples samples, IConfiguration configuration, TimeProvider clock)
{
    private const string SamplePrefix = "sample:";

    /// <summary>What the operator says about TikTok's audit of the app; null while nobody said.</summary>
    public bool? IsAudited => configuration.GetValue<bool?>("TikTok:Audited");

    public async Task<IResult> ShowAsync(ComposeForm form, IReadOnlyDictionary<string, string> problems, CancellationToken aborted)
    {
        var (video, sample) = (await UploadOfAsync(form, aborted), SampleOf(form));
        return Page.Show<ComposePage>(new
        {
            Form = form,
            Problems = problems,
            Connections = await connections.ListAsync(workspace.Id, aborted),
            Creator = form.ConnectionId.Length > 0 ? await creators.OfAsync(workspace.Id, form.ConnectionId, aborted) : null,
            Video = video,
            Sample = sample,
            Now = clock.GetUtcNow(),
            IsAudited,
        }, problems.Count > 0 ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);
    }

    public async Task<IResult> AccountPartAsync(ComposeForm form, CancellationToken aborted) => Page.Show<AccountPart>(new
    {
        Form = form,
        Problems = (IReadOnlyDictionary<string, string>)new Dictionary<string, string>(),
        Creator = form.ConnectionId.Length > 0 ? await creators.OfAsync(workspace.Id, form.ConnectionId, aborted) : null,
        IsAudited,
    });

    /// <summary>The chosen video as the workspace's own; a sample becomes that here. Null when nothing that exists was chosen.</summary>
    public async Task<MediaRow?> MediaOfAsync(ComposeForm form, string by, CancellationToken aborted) =>
        SampleOf(form) is { } sample ? await media.UseSampleAsync(workspace.Id, sample, by, aborted) : await UploadOfAsync(form, aborted);

    public async Task<bool> IsOursAsync(string connectionId, CancellationToken aborted) => await connections.FindAsync(workspace.Id, connectionId, aborted) is not null;

    private Sample? SampleOf(ComposeForm form) => form.Media.StartsWith(SamplePrefix, StringComparison.Ordinal) ? samples.Find(form.Media[SamplePrefix.Length..]) : null;

    private async Task<MediaRow?> UploadOfAsync(ComposeForm form, CancellationToken aborted) =>
        form.Media.Length > 0 && !form.Media.StartsWith(SamplePrefix, StringComparison.Ordinal) ? await media.FindAsync(workspace.Id, form.Media, aborted) : null;
}
