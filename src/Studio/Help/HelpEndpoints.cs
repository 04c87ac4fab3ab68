using Holdfast.Shell.Pages;
using Holdfast.Shell.Sealing;
using Holdfast.Studio.Accounts;
using Holdfast.Studio.Help.Audit;
using Holdfast.Studio.Help.Trouble;

namespace Holdfast.Studio.Help;

internal static class HelpEndpoints
{
    public static void MapHelp(this IEndpointRouteBuilder routes)
    {
        var help = routes.MapGroup("/help").RequireAuthorization();
        help.MapGet("", () => Page.Show<HelpPage>());
        help.MapGet("/connecting-an-account", () => Page.Show<ConnectGuide>());
        help.MapGet("/getting-a-code", async (StudioTikTok tiktok, CancellationToken aborted) =>
            Page.Show<CodeGuide>(new { Portal = await PortalAsync(tiktok, aborted) }));
        AuditEndpoints.Map(help);
        TroubleEndpoints.Map(routes, help);
    }

    /// <summary>The page Get a code of our own Platform; the real TikTok has none.</summary>
    private static async Task<string?> PortalAsync(StudioTikTok tiktok, CancellationToken aborted)
    {
        try
        {
            return await tiktok.FindAsync(aborted) is { IsLocal: true } app ? new Uri(app.Client.Endpoints.Authorize, "/developers/get-a-code").ToString() : null;
        }
        catch (SealedSecretException)
        {
            // The incident banner tells about it; a guide is for reading.
            return null;
        }
    }
}
