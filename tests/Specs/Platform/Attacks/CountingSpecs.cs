using Holdfast.People.Email;
using Holdfast.People.Letters;
using Holdfast.Platform.Api;
using Holdfast.Specs.Storage;
using Holdfast.Storage;

namespace Holdfast.Specs.Platform.Attacks;

/// <summary>Attack case 81: what is limited is limited for many at once and from a whole network too.</summary>
public sealed class CountingSpecs
{
    private static readonly Letter Nothing = new("ada@example.test", "", "", TimeSpan.FromMinutes(1));

    public static TheoryData<Engine> Engines => DatabaseUnderTest.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task Case_81_thirty_askings_at_once_write_one_account_no_more_letters_than_allowed(Engine engine)
    {
        await using var platform = await PlatformUnderTest.StartAsync(engine);
        var ada = await platform.PersonAsync("ada");

        var handles = await Task.WhenAll(Enumerable.Range(0, 30).Select(host => Task.Run(() => AskAsync(platform, ada.Id, $"192.0.2.{host}"))));

        Assert.All(handles, Assert.NotNull);
        Assert.Equal(EmailCodes.MostLettersAnHour, await platform.Database.ReadAsync(session => session.FirstAsync<long>("select count(*) from email_code where person_id = @Id", new { ada.Id })));
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Case_81_askings_from_one_address_at_once_are_no_more_than_allowed(Engine engine)
    {
        await using var platform = await PlatformUnderTest.StartAsync(engine);

        var handles = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => Task.Run(() => AskAsync(platform, null, "192.0.2.1"))));

        Assert.Equal(EmailCodes.MostAskings, handles.Count(handle => handle is not null));
    }

    [Fact]
    public async Task Case_81_askings_from_the_addresses_of_one_ipv6_network_are_those_of_one_asker()
    {
        await using var platform = await PlatformUnderTest.StartAsync();

        for (var host = 1; host <= EmailCodes.MostAskings; host++)
            Assert.NotNull(await AskAsync(platform, null, $"2001:db8:1:2::{host:x}"));

        Assert.Null(await AskAsync(platform, null, "2001:db8:1:2:ffff::1"));
        Assert.NotNull(await AskAsync(platform, null, "2001:db8:1:3::1"));
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Calls_at_once_are_no_more_than_a_minute_holds(Engine engine)
    {
        await using var platform = await PlatformUnderTest.StartAsync(engine);
        var limits = platform.Service<RateLimits>();

        var taken = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => Task.Run(() => limits.TryAsync("one", 5, CancellationToken.None))));

        Assert.Equal(5, taken.Count(one => one));
    }

    private static Task<string?> AskAsync(PlatformUnderTest platform, string? person, string from) => platform.Service<EmailCodes>().AskAsync(
        new DefaultHttpContext { Connection = { RemoteIpAddress = System.Net.IPAddress.Parse(from) } }, CodePurpose.SignIn, _ => Task.FromResult(person is null ? null : new Recipient { PersonId = person, Address = "ada@example.test" }), (_, _) => Nothing);
}
