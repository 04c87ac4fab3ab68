using Holdfast.People;
using Holdfast.Storage.Blobs;

namespace Holdfast.Specs.Platform.Attacks;

/// <summary>What attackers and the people they bother do again and again.</summary>
internal static class Walks
{
    /// <summary>Signs in although the browser is signed in already.</summary>
    public static async Task<Visit> LogInAgainAsync(this Visitor browser, string userName, string password = PlatformUnderTest.Password) =>
        await browser.PostWithTokenAsync("/settings/security", "/login", ("username", userName), ("password", password));

    /// <summary>Posts what no form of the page would, with the page's own form token.</summary>
    public static async Task<Visit> PostWithTokenAsync(this Visitor browser, string page, string path, params (string Name, string Value)[] fields)
    {
        var token = (await browser.GetAsync(page)).Page.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        return await browser.PostAsync(path, [.. fields, ("__RequestVerificationToken", token)]);
    }

    /// <summary>A public video with a file of its own, and one like.</summary>
    public static async Task VideoAsync(this PlatformUnderTest platform, string id, Person creator, Person likedBy)
    {
        using var bytes = new MemoryStream([1, 2, 3]);
        await platform.Service<IBlobStore>().WriteAsync($"videos/{id}", bytes, 3, CancellationToken.None);
        await platform.Database.WriteAsync(async session =>
        {
            var parameters = new { id, key = $"videos/{id}", creator = creator.Id, by = likedBy.Id, now = platform.Clock.GetUtcNow() };
            await session.RunAsync("insert into creator (person_id, created_at) values (@creator, @now) on conflict do nothing", parameters);
            await session.RunAsync("""
                insert into video (id, creator_id, blob_key, content_type, caption, privacy_level, comment_disabled, brand_content, brand_organic, is_aigc, size_bytes, duration_ms, width, height, created_at, public_at, like_count)
                values (@id, @creator, @key, 'video/mp4', 'a pot', 'PUBLIC_TO_EVERYONE', false, false, false, false, 3, 1000, 1, 1, @now, @now, 1)
                """, parameters);
            await session.RunAsync("insert into video_like (video_id, person_id, liked_at) values (@id, @by, @now)", parameters);
            await session.RunAsync("update creator set likes_count = likes_count + 1 where person_id = @creator", parameters);
        });
    }
}
