using System.Text;
using Holdfast.Shell.Pages;

namespace Holdfast.Studio.Help.Audit;

/// <summary><c>/help/audit</c>: what TikTok's reviewers ask of a posting tool, the run to record for them, and the two texts they want to read.</summary>
internal static class AuditEndpoints
{
    public static void Map(IEndpointRouteBuilder help)
    {
        help.MapGet("/audit", () => Page.Show<AuditPage>());
        help.MapGet("/audit/run", () => Page.Show<AuditRunPage>());
        help.MapGet("/audit/texts", (HttpContext http, TimeProvider clock) => Page.Show<AuditTextsPage>(new { Form = PolicyForm.Read(http.Request.Query), Now = clock.GetUtcNow() }));
        help.MapGet("/audit/texts/{name}.md", (string name, HttpContext http, TimeProvider clock) =>
            PolicyTemplates.Fill(name, PolicyForm.Read(http.Request.Query), clock.GetUtcNow()) is { } text
                ? (IResult)TypedResults.File(Encoding.UTF8.GetBytes(text), "text/markdown; charset=utf-8", $"{name}.md")
                : TypedResults.NotFound());
    }
}
