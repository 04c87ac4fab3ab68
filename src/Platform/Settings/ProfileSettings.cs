using Holdfast.People;
using Holdfast.People.Activity;
using Holdfast.Platform.Posting;
using Holdfast.Storage;
using Microsoft.AspNetCore.Mvc;

namespace Holdfast.Platform.Settings;

/// <summary>What a creator says about themselves, and whether strangers see their videos.</summary>
internal sealed class ProfileSettings(Database database, ActivityLog activity, Announcements announcements, TimeProvider clock)
{
    public const int LongestBio = 160;

    public Task<ProfileForm?> FindAsync(string personId, CancellationToken aborted) => database.ReadAsync(session => session.FirstAsync<ProfileForm>(
        "select person.display_name, creator.bio, creator.is_private from creator join person on person.id = creator.person_id where person.id = @personId", new { personId }), aborted);

    /// <returns>The field that cannot be taken; <c>null</c> when all of it was.</returns>
    public async Task<string?> SaveAsync(HttpContext http, string personId, ProfileForm form)
    {
        var name = (form.DisplayName ?? "").Trim();
        var bio = (form.Bio ?? "").ReplaceLineEndings("\n").Trim();
        if (name.Length is 0 or > SignUpRule.LongestDisplayName || name.Any(char.IsControl))
            return "displayName";
        if (bio.Length > LongestBio || bio.Any(letter => char.IsControl(letter) && letter != '\n'))
            return "bio";
        await database.WriteAsync(async session =>
        {
            await session.RunAsync("update person set display_name = @name where id = @personId", new { name, personId });
            await session.RunAsync("update creator set bio = @bio, is_private = @IsPrivate where person_id = @personId", new { bio, IsPrivate = form.IsPrivate is true, personId });
            await announcements.TellAsync(session, personId, clock.GetUtcNow());
            await activity.AddAsync(session, http, personId, ActivityKind.ProfileChanged);
        }, http.RequestAborted);
        return null;
    }
}

/// <summary>The profile as it stands, and as it is sent: a box that is not ticked is not sent.</summary>
public sealed class ProfileForm
{
    [FromForm] public string? DisplayName { get; set; }
    [FromForm] public string? Bio { get; set; }
    [FromForm] public bool? IsPrivate { get; set; }
}
