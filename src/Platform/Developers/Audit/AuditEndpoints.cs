using System.Text;
using Holdfast.Shell.Pages;

namespace Holdfast.Platform.Developers.Audit;

/// <summary><c>/developers/apps/{id}/audit</c>: what happened, whether it is whole, and the file for others.</summary>
internal static class AuditEndpoints
{
    private const int Shown = 100;

    public static void Map(RouteGroupBuilder app)
    {
        app.MapGet("/audit", async (HttpContext http, AppAudit audit, CancellationToken aborted) =>
        {
            var own = http.OwnApp().App;
            var all = await audit.AllAsync(own.Chain, aborted);
            return Page.Show<AuditPage>(new { Client = own, Entries = all.Reverse().Take(Shown).ToList(), Count = all.Count, FirstBroken = AuditChain.FirstBroken(all), Head = all.Count == 0 ? "" : Convert.ToHexStringLower(all[^1].Hash) });
        });
        app.MapGet("/audit.csv", async (HttpContext http, AppAudit audit, CancellationToken aborted) =>
            TypedResults.File(Encoding.UTF8.GetBytes(AuditExport.Csv(await audit.AllAsync(http.OwnApp().App.Chain, aborted))), "text/csv; charset=utf-8", "audit-log.csv"));
        app.MapGet("/audit.json", async (HttpContext http, AppAudit audit, CancellationToken aborted) =>
            TypedResults.File(AuditExport.Json(await audit.AllAsync(http.OwnApp().App.Chain, aborted)), "application/json", "audit-log.json"));
    }
}
