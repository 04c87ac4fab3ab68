namespace Holdfast.Specs.Platform.SignIn.External;

/// <summary>What a browser does on its way to a provider and back.</summary>
internal static class Trips
{
    public const string Linked = "/settings/security/linked";

    public static Task<PlatformUnderTest> PlatformAsync(this FakeProvider provider, Holdfast.Storage.Engine engine = Holdfast.Storage.Engine.Sqlite, bool isOpenId = true, FakeProvider? other = null) =>
        PlatformUnderTest.StartAsync(engine, configure: builder =>
        {
            provider.Configure(builder, isOpenId);
            other?.Configure(builder);
        });

    /// <summary>Presses "Continue with …".</summary>
    /// <returns>The provider's address with the request.</returns>
    public static async Task<string> BeginAsync(this Visitor browser, FakeProvider provider, string next = "/settings/apps") =>
        (await browser.SubmitAsync(await browser.GetAsync($"/login?next={Uri.EscapeDataString(next)}"), $"/login/with/{provider.Name}")).Location!; // a provider that answers has one

    /// <summary>There and back again, up to what the Platform answers then.</summary>
    public static async Task<Visit> GoAsync(this Visitor browser, FakeProvider provider, FakePerson person, string next = "/settings/apps") =>
        await browser.GetAsync(provider.Agree(await browser.BeginAsync(provider, next), person));

    /// <summary>There and back, and an account made of it.</summary>
    public static async Task<Visit> SignUpAsync(this Visitor browser, FakeProvider provider, FakePerson person, string userName, string next = "/settings/apps")
    {
        var welcome = await browser.GoAsync(provider, person, next);
        return await browser.SubmitAsync(await browser.GetAsync(welcome.Location!), welcome.Location!, ("username", userName)); // 303 to our page
    }

    /// <summary>Links one more account to the one that is signed in.</summary>
    public static async Task<Visit> LinkAsync(this Visitor browser, FakeProvider provider, FakePerson person)
    {
        var away = await browser.SubmitAsync(await browser.GetAsync(Linked), $"{Linked}/add/{provider.Name}");
        return await browser.GetAsync(provider.Agree(away.Location!, person));
    }

    public static async Task<bool> IsSignedInAsync(this Visitor browser) => (await browser.GetAsync("/settings/apps")).Status == 200;

    public static Task<long> CountAsync(this PlatformUnderTest platform, string table) => platform.Database.ReadAsync(session => session.FirstAsync<long>($"select count(*) from {table}"));

    /// <summary>Whom an account at the provider opens.</summary>
    public static Task<string?> OwnerAsync(this PlatformUnderTest platform, FakePerson person) => platform.Database.ReadAsync(session => session.FirstAsync<string>(
        "select person.user_name from external_login join person on person.id = external_login.person_id where external_login.subject = @Subject", new { person.Subject }));
}
