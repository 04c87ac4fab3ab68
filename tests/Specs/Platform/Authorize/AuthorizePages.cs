using Holdfast.People;
using Holdfast.Platform.Developers;
using Holdfast.Shell.Hosting;

namespace Holdfast.Specs.Platform.Authorize;

internal static class AuthorizePages
{
    public const string Answer = "/v2/auth/authorize/answer";

    /// <summary>A valid request's address; given parameters replace the valid ones, <c>null</c> leaves one out.</summary>
    public static string Request(RegisteredApp app, params (string Name, string? Value)[] changes)
    {
        (string Name, string? Value)[] valid =
        [
            ("client_key", app.ClientKey), ("scope", "user.info.basic,video.list,video.publish"), ("response_type", "code"), ("redirect_uri", PlatformUnderTest.Redirect),
            ("state", "n7f3"), ("code_challenge", PlatformUnderTest.Challenge), ("code_challenge_method", "S256"),
        ];
        var query = valid.Where(pair => changes.All(change => change.Name != pair.Name)).Concat(changes).Where(pair => pair.Value is not null);
        return "/v2/auth/authorize/?" + string.Join('&', query.Select(pair => $"{pair.Name}={Uri.EscapeDataString(pair.Value!)}"));
    }

    public static Visitor Visitor(this PlatformUnderTest platform) => new(platform.App.BoundAddress());

    /// <summary>A browser in which this person is signed in; who is not there yet signs up first.</summary>
    public static async Task<Visitor> SignedInVisitorAsync(this PlatformUnderTest platform, string userName)
    {
        if (await platform.Service<PeopleStore>().FindByUserNameAsync(userName) is null)
            await platform.PersonAsync(userName);
        var browser = platform.Visitor();
        Assert.Equal(303, (await browser.LogInAsync(userName)).Status);
        return browser;
    }
}
