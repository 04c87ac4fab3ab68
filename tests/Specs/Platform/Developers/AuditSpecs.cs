using System.Text.Json;
using Holdfast.Platform.Developers.Audit;
using Holdfast.Specs.Storage;
using Holdfast.Storage;

namespace Holdfast.Specs.Platform.Developers;

/// <summary>B5, case 96: a log that can be believed, and exports that are only text.</summary>
public sealed class AuditSpecs
{
    public static TheoryData<Engine> Engines => DatabaseUnderTest.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task Case_96_each_entry_holds_the_hash_of_the_one_before_and_a_change_from_outside_shows(Engine engine)
    {
        await using var platform = await PlatformUnderTest.StartAsync(engine);
        var audit = platform.Service<AppAudit>();
        await Task.WhenAll(Enumerable.Range(0, 12).Select(number => platform.Database.WriteAsync(session => audit.AddAsync(session, "chain", AuditKind.SandboxMade, number % 3 == 0 ? null : "someone", null, $"number {number}"))));
        var entries = await audit.AllAsync("chain", CancellationToken.None);
        Assert.Equal(Enumerable.Range(1, 12).Select(number => (long)number), entries.Select(entry => entry.Number));
        Assert.Null(AuditChain.FirstBroken(entries));

        Assert.Equal(5, AuditChain.FirstBroken(entries.Select(entry => entry.Number == 5 ? entry with { Detail = "nothing" } : entry)));
        Assert.Equal(5, AuditChain.FirstBroken(entries.Select(entry => entry.Number == 5 ? entry with { ActorId = entry.ActorId ?? "" } with { ActorId = "other" } : entry)));
        Assert.Equal(5, AuditChain.FirstBroken(entries.Where(entry => entry.Number != 5)));
        // Forged with a hash of its own, it no longer fits the next.
        var forged = entries[4] with { Detail = "nothing" };
        Assert.Equal(6, AuditChain.FirstBroken(entries.Select(entry => entry.Number == 5 ? forged with { Hash = AuditChain.HashOf(forged) } : entry)));
        Assert.NotEqual(AuditChain.HashOf(forged with { ActorId = null }), AuditChain.HashOf(forged with { ActorId = "" }));
        Assert.NotEqual(AuditChain.HashOf(forged with { ActorId = "ab", SubjectId = "c" }), AuditChain.HashOf(forged with { ActorId = "a", SubjectId = "bc" }));
    }

    [Theory]
    [InlineData("=HYPERLINK(\"http://evil.example\",\"x\")", "\"'=HYPERLINK(\"\"http://evil.example\"\",\"\"x\"\")\"")]
    [InlineData("+1+cmd|' /C calc'!A0", "\"'+1+cmd|' /C calc'!A0\"")]
    [InlineData("-2+3", "\"'-2+3\"")]
    [InlineData("@SUM(A1)", "\"'@SUM(A1)\"")]
    [InlineData("  =1", "\"'  =1\"")]
    [InlineData("\t=1", "\"' =1\"")]
    [InlineData("a\r\n=1,2", "\"a =1,2\"")]
    [InlineData("plain, \"quoted\"", "\"plain, \"\"quoted\"\"\"")]
    public void Case_96_no_cell_of_the_csv_is_a_formula_or_another_row(string detail, string cell)
    {
        var lines = AuditExport.Csv([new AuditEntry { Number = 1, Kind = "Created", Detail = detail, Hash = [1], PreviousHash = [2] }]).TrimEnd().Split("\r\n");

        Assert.Equal(2, lines.Length);
        Assert.Contains($",{cell},", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Case_96_the_exports_are_files_in_which_markup_is_text()
    {
        await using var platform = await PlatformUnderTest.StartAsync();
        using var dev = await Developer.SignUpAsync(platform, "dev");
        var app = await dev.ConnectAsync();
        const string markup = "</script><img src=x onerror=alert(1)>";
        await platform.Database.WriteAsync(session => platform.Service<AppAudit>().AddAsync(session, app.Id, AuditKind.SandboxChanged, null, null, markup));

        var (page, csv, json) = (await dev.GetAsync(app, "/audit"), await dev.GetAsync(app, "/audit.csv"), await dev.GetAsync(app, "/audit.json"));

        Assert.DoesNotContain("<img src=x", page.Body, StringComparison.Ordinal);
        Assert.Contains(markup, page.Text, StringComparison.Ordinal);
        Assert.Contains("all are as they were written", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("<", json.Body, StringComparison.Ordinal);
        Assert.Contains(JsonDocument.Parse(json.Body).RootElement.EnumerateArray(), entry => entry.GetProperty("detail").GetString() == markup && entry.GetProperty("kind").GetString() == "SandboxChanged");
        foreach (var (export, type) in new[] { (csv, "text/csv"), (json, "application/json") })
        {
            Assert.Equal((200, type, "attachment"), (export.Status, export.Answer.Content.Headers.ContentType?.MediaType, export.Answer.Content.Headers.ContentDisposition?.DispositionType));
            Assert.Equal("nosniff", export.Answer.Headers.GetValues("X-Content-Type-Options").Single());
        }
    }
}
