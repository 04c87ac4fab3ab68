using Holdfast.People;
using Holdfast.Platform.Audience;
using Holdfast.Platform.Authorize;
using Holdfast.Platform.Developers;
using Holdfast.Storage;
using Holdfast.Storage.Blobs;

namespace Holdfast.Platform.SignIn;

/// <summary>Fills an empty Platform with the demo people and the developers' demo app. Running it again changes nothing.</summary>
internal sealed class DemoContent(DemoPeople demo, CreatorAccounts accounts, PeopleStore people, AppRegistry apps, AppIcons icons, DemoFollowers followers, Database database, IBlobStore blobs)
{
    public const string ClientKey = "sbawdemoclient0001";
    public const string ClientSecret = "DemoSecret0123456789abcdef012345";

    private static readonly RegisteredRedirect[] Redirects =
    [
        new() { Platform = RedirectPlatform.Web, Uri = "https://app.example.test/api/auth/callback/tiktok" },
        new() { Platform = RedirectPlatform.Desktop, Uri = "http://localhost:*/callback/" },
        new() { Platform = RedirectPlatform.Desktop, Uri = "http://127.0.0.1:*/callback/" },
        new() { Platform = RedirectPlatform.Desktop, Uri = "http://localhost:*/developers/get-a-code/callback/" },
        new() { Platform = RedirectPlatform.Desktop, Uri = "http://127.0.0.1:*/developers/get-a-code/callback/" },
    ];

    public async Task SeedAsync(CancellationToken aborted = default)
    {
        if (!demo.AreOffered)
            return;
        List<string> creators = [];
        foreach (var person in DemoPeople.Creators)
            creators.Add(await CreatorAsync(person, aborted));
        await followers.SeedAsync(creators, aborted);
        var developer = await PersonAsync(new NewPerson(DemoPeople.DeveloperUserName, DemoPeople.Password, DemoPeople.DeveloperEmail, "Demo developer", EmailIsProven: true), aborted);
        if ((await apps.ListAsync(developer.Id, aborted)).All(app => app.ClientKey != ClientKey))
            await apps.RegisterAsync(developer.Id, new NewApp("Demo app", Redirects, KnownScopes.All, ClientKey, ClientSecret, IsDemo: true) { ByOperator = true }, aborted);
        // The one scope that no person grants and no form offers.
        await database.WriteAsync(session => session.RunAsync("insert into app_scope (app_id, scope) select id, @scope from app where is_demo = true on conflict do nothing", new { scope = KnownScopes.Research }), aborted);
        if (await apps.FindDemoAsync(aborted) is { } app)
            await icons.EnsureAsync(app.Id, "demo-app.svg", aborted);
    }

    private async Task<string> CreatorAsync(DemoPerson wanted, CancellationToken aborted)
    {
        var person = await PersonAsync(new NewPerson(wanted.Username, DemoPeople.Password, $"{wanted.Username}@example.test", wanted.DisplayName, EmailIsProven: true), aborted);
        var avatar = $"avatars/{person.Id}{Path.GetExtension(wanted.Avatar)}";
        if (await blobs.LengthAsync(avatar, aborted) is null && DemoPeople.Picture(wanted.Avatar) is { } picture)
        {
            await using (picture)
                await blobs.WriteAsync(avatar, picture, 1024 * 1024, aborted);
        }
        // Only a profile nobody has touched: what a visitor changed stays changed.
        await database.WriteAsync(session => session.RunAsync("""
            update creator set bio = @bio, avatar_key = @avatar, is_verified = @verified, is_private = @isPrivate,
              follower_count = @followers, following_count = @following, likes_count = @likes
            where person_id = @id and avatar_key is null and bio = ''
            """, new
        {
            id = person.Id,
            bio = wanted.Bio,
            avatar,
            verified = wanted.Verified,
            isPrivate = wanted.Private,
            followers = wanted.Followers,
            following = wanted.Following,
            likes = wanted.Likes,
        }), aborted);
        return person.Id;
    }

    private async Task<Person> PersonAsync(NewPerson wanted, CancellationToken aborted)
    {
        if (await accounts.SignUpAsync(wanted, aborted) is SignUpResult.Added(var added))
            return added;
        var known = await people.FindByUserNameAsync(wanted.UserName, aborted)
            ?? throw new InvalidOperationException($"The demo person {wanted.UserName} cannot be made: their e-mail belongs to somebody else.");
        await accounts.EnsureCreatorAsync(known.Id, aborted);
        // Folders from before letters: the demo's addresses are ours.
        await database.WriteAsync(session => session.RunAsync("update person set email_verified_at = created_at where id = @Id and email = @Email and email_verified_at is null", new { known.Id, wanted.Email }), aborted);
        return known;
    }
}
