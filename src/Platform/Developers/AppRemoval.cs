using Holdfast.Platform.Tokens;
using Holdfast.Storage;

namespace Holdfast.Platform.Developers;

/// <summary>The end of an app and its sandboxes: the keys stop, what people agreed to ends with TikTok's reason. The rows stay, so that what happened can be told.</summary>
internal sealed class AppRemoval(Consents consents)
{
    public async Task RunAsync(Session session, string id, DateTimeOffset now)
    {
        await session.RunAsync("update app set disabled_at = coalesce(disabled_at, cast(@now as bigint)) where id = @id or sandbox_of = @id", new { id, now });
        foreach (var consent in await session.ListAsync<string>("select consent.id from consent join app on app.id = consent.app_id where (app.id = @id or app.sandbox_of = @id) and consent.ended_at is null", new { id }))
            await consents.EndAsync(session, consent, EndReason.Developer, now);
        await session.RunAsync("delete from app_transfer where app_id = @id", new { id });
    }
}
