using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Holdfast.Platform.Developers.Audit;

/// <summary>The log as a file for others. Whatever is in it stays text there: in a spreadsheet no cell is a formula, in a page nothing is a tag (attack case 96).</summary>
internal static class AuditExport
{
    private static readonly string[] Columns = ["number", "at", "kind", "actor", "actor_id", "subject", "subject_id", "detail", "previous_hash", "hash"];

    public static string Csv(IEnumerable<AuditEntry> entries)
    {
        var text = new StringBuilder().AppendJoin(',', Columns).Append("\r\n");
        foreach (var entry in entries)
            text.AppendJoin(',', Values(entry).Select(Cell)).Append("\r\n");
        return text.ToString();
    }

    public static byte[] Json(IEnumerable<AuditEntry> entries)
    {
        using var bytes = new MemoryStream();
        // The default encoder also escapes < > & ' and +.
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartArray();
            foreach (var entry in entries)
            {
                json.WriteStartObject();
                foreach (var (column, value) in Columns.Zip(Values(entry)))
                    json.WriteString(column, value);
                json.WriteEndObject();
            }
            json.WriteEndArray();
        }
        return bytes.ToArray();
    }

    // Every cell quoted, and none begins as a formula does; a spreadsheet looks behind blanks and quotes too.
    private static string Cell(string value)
    {
        var flat = value.ReplaceLineEndings(" ").Replace('\t', ' ');
        var risky = flat.TrimStart() is ['=' or '+' or '-' or '@' or '|' or '%', ..];
        return $"\"{(risky ? "'" : "")}{flat.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    private static string[] Values(AuditEntry entry) =>
    [
        entry.Number.ToString(CultureInfo.InvariantCulture), entry.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture), entry.Kind,
        entry.ActorName ?? "", entry.ActorId ?? "", entry.SubjectName ?? "", entry.SubjectId ?? "", entry.Detail, Convert.ToHexStringLower(entry.PreviousHash), Convert.ToHexStringLower(entry.Hash),
    ];
}
