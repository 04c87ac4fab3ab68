using System.Text.Json;
using Holdfast.Shell.Language;

namespace Holdfast.Studio.Notices.Hooks;

/// <summary>What a member's server is sent: facts by name, and the sentence that people read.</summary>
internal static class HookBody
{
    /// <param name="at">The whole address of a page.</param>
    public static byte[] Write(Texts t, string deliveryId, NoticeRow notice, Func<string, string> at)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteString("delivery", deliveryId);
            json.WriteString("notice", notice.Id);
            json.WriteString("event", JsonNamingPolicy.SnakeCaseLower.ConvertName($"{notice.Kind}"));
            json.WriteString("cause", notice.Cause);
            json.WriteString("at", notice.MadeAt.UtcDateTime);
            json.WriteString("workspace_id", notice.WorkspaceId);
            json.WriteString("workspace", notice.WorkspaceName);
            json.WriteString("account_id", notice.ConnectionId);
            json.WriteString("account", notice.ConnectionId is null ? null : notice.Account(t));
            json.WriteString("post_id", notice.PostId);
            json.WriteString("log_id", notice.LogId);
            json.WriteString("title", notice.Title(t));
            json.WriteString("text", notice.Text(t));
            json.WriteString("url", at(notice.Href()));
            json.WriteEndObject();
        }
        return bytes.ToArray();
    }
}
