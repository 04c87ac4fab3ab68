using System.Text;
using Holdfast.Shell.Language;
using Holdfast.Shell.Sealing;
using Holdfast.Studio.Workspaces;

namespace Holdfast.Studio.Accounts.Timeline;

/// <summary>The whole timeline as a text file, page by page from the rows to the wire.</summary>
internal static class TimelineExport
{
    private const int PageSize = 500;

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/accounts/{id}/timeline.txt", HandleAsync).RequireAuthorization();

    private static async Task<IResult> HandleAsync(
        string id, HttpContext context, CurrentWorkspace workspace, ConnectionStore connections, TimelineStore timeline, StudioTikTok tiktok, Texts texts, TimeProvider clock, CancellationToken aborted)
    {
        if (await connections.FindAsync(workspace.Id, id, aborted) is not { } row)
            return TypedResults.NotFound();
        var head = StoryText.Head(row, await ClientKeyAsync(tiktok, aborted), clock.GetUtcNow(), texts);
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.ContentDisposition = $"attachment; filename=\"timeline-{row.Id}.txt\"";
        return TypedResults.Stream(body => WriteAsync(body, head, row, timeline, texts, aborted), "text/plain; charset=utf-8");
    }

    private static async Task WriteAsync(Stream body, IEnumerable<string> head, ConnectionRow row, TimelineStore timeline, Texts texts, CancellationToken aborted)
    {
        await using var text = new StreamWriter(body, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { NewLine = "\n" };
        foreach (var line in head)
            await text.WriteLineAsync(line.AsMemory(), aborted);
        IReadOnlyList<TimelineRow> page = [];
        do
        {
            page = await timeline.ListAsync(row.WorkspaceId, row.Id, PageSize, page.Count > 0 ? page[^1] : null, aborted);
            foreach (var line in page)
                await text.WriteLineAsync(StoryText.Line(line, texts).AsMemory(), aborted);
        }
        while (page.Count == PageSize);
    }

    private static async Task<string?> ClientKeyAsync(StudioTikTok tiktok, CancellationToken aborted)
    {
        try
        {
            return (await tiktok.FindAsync(aborted))?.Credentials.ClientKey;
        }
        catch (SealedSecretException)
        {
            return null; // the incident banner tells about it; the story is for reading all the same
        }
    }
}
