using System.Reflection;
using System.Text.Json;
using Holdfast.People.Passwords;
using Holdfast.Storage;

namespace Holdfast.Platform.Audience;

/// <summary>A few dozen invented people who follow the demo's creators, so that lists look alive. They exist only with the demo content and nobody can sign in as one.</summary>
internal sealed class DemoFollowers(Database database, PasswordHashes hashes, ISecretSource secrets, Ulids ulids, TimeProvider clock)
{
    // Nobody who follows stands twice in the same millisecond of a list: days and minutes keep the arrows apart.
    private static readonly TimeSpan Step = TimeSpan.FromHours(37);
    private static readonly TimeSpan Aside = TimeSpan.FromMinutes(11);

    /// <param name="creators">The demo's creators, who follow each other.</param>
    public async Task SeedAsync(IReadOnlyList<string> creators, CancellationToken aborted)
    {
        var invented = Read();
        if (await database.ReadAsync(session => session.FirstAsync<long>("select count(*) from person where user_name = @Username", invented[0]), aborted) > 0)
            return;

        // One hash of one forgotten password for all of them: hashing dozens would hold the first start up.
        var hash = hashes.Hash(Convert.ToHexString(secrets.Bytes(32)));
        var now = clock.GetUtcNow();
        var people = invented.Select(person => (Id: ulids.Next(), Person: person)).ToList();
        await database.WriteAsync(async session =>
        {
            foreach (var (id, person) in people)
            {
                await session.RunAsync("insert into person (id, user_name, display_name, password_hash, created_at) values (@id, @Username, @DisplayName, @hash, @now) on conflict do nothing", new { id, person.Username, person.DisplayName, hash, now });
                await session.RunAsync("insert into creator (person_id, created_at) select id, @now from person where id = @id", new { id, now });
            }
            foreach (var (follower, followed, at) in Arrows(creators, [.. people.Select(person => person.Id)], now))
            {
                await session.RunAsync("""
                    insert into follow (follower_id, followed_id, followed_at)
                    select @follower, id, cast(@at as bigint) from person where id = @followed and exists (select 1 from person other where other.id = @follower) on conflict do nothing
                    """, new { follower, followed, at });
            }
            // Whoever has become a row is no longer only counted, so the demo's figures stay what they were.
            foreach (var id in creators)
            {
                await session.RunAsync("""
                    update creator set
                      follower_count = follower_count - (select count(*) from follow where followed_id = @id),
                      following_count = following_count - (select count(*) from follow where follower_id = @id)
                    where person_id = @id
                      and follower_count >= (select count(*) from follow where followed_id = @id) and following_count >= (select count(*) from follow where follower_id = @id)
                    """, new { id });
            }
        }, aborted);
    }

    // Everybody follows one or two of the creators, each creator follows every fourth back, and the creators follow each other.
    private static IEnumerable<(string Follower, string Followed, DateTimeOffset At)> Arrows(IReadOnlyList<string> creators, IReadOnlyList<string> invented, DateTimeOffset now)
    {
        foreach (var (at, creator) in creators.Index())
        {
            foreach (var (index, person) in invented.Index())
            {
                if (index % creators.Count == at || index % 2 == 0)
                    yield return (person, creator, now - (index + 1) * Step - at * Aside);
                if (index % 4 == at)
                    yield return (creator, person, now - (index + 1) * Step - (at + 5) * Aside);
            }
            foreach (var (index, other) in creators.Index())
            {
                if (other != creator)
                    yield return (creator, other, now - 80 * Step - (at * creators.Count + index) * Aside);
            }
        }
    }

    private static List<Invented> Read()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("demo/followers.json")!; // embedded by Platform.csproj
        return JsonSerializer.Deserialize<List<Invented>>(stream, JsonSerializerOptions.Web)!;
    }

    private sealed record Invented(string Username, string DisplayName);
}
