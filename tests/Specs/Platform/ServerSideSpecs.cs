using Holdfast.Specs.Contract;
using Holdfast.Specs.Platform.Authorize;

namespace Holdfast.Specs.Platform;

/// <summary>Holds the Platform's authorization side to the contract files: what it answers to what they send.</summary>
public sealed class ServerSideSpecs
{
    public static TheoryData<string> OAuthFiles => [.. ContractFile.Names.Where(name => name.StartsWith("oauth-", StringComparison.Ordinal))];

    public static TheoryData<string> AuthorizeFiles => [.. ContractFile.Names.Where(name => name.StartsWith("authorize/", StringComparison.Ordinal))];

    [Theory, MemberData(nameof(OAuthFiles))]
    public async Task The_oauth_endpoints_answer_as_the_contract_says(string name)
    {
        await using var platform = await PlatformUnderTest.StartAsync();
        var (app, ada) = (await platform.AppAsync(), await platform.PersonAsync("ada"));
        var grant = await platform.GrantAsync(app, ada);
        var values = Values(app);
        values["code"] = await platform.CodeAsync(app, ada);
        values["access_token"] = grant.Access;
        values["refresh_token"] = grant.Refresh;
        var file = ContractFile.Load(name);

        using var answer = await platform.Http.SendAsync(file.Request.ToMessage(platform.Http.BaseAddress!, values));
        foreach (var returned in new[] { "access_token", "new_refresh_token" })
            values.Remove(returned);

        Assert.Empty(file.Response.Differences(answer, await answer.Content.ReadAsStringAsync(), values));
    }

    [Theory, MemberData(nameof(AuthorizeFiles))]
    public async Task The_authorization_endpoint_ends_as_the_contract_says(string name)
    {
        await using var platform = await PlatformUnderTest.StartAsync();
        var (app, _) = (await platform.AppAsync(), await platform.PersonAsync("ada"));
        var values = Values(app);
        var file = ContractFile.Load(name);
        using var browser = platform.Visitor();
        await browser.LogInAsync("ada");
        var path = file.Request.ToMessage(platform.Http.BaseAddress!, values).RequestUri!.PathAndQuery;

        var visit = await browser.GetAsync(path);
        var expected = file.Response;
        if (visit.Status == 200)
        {
            // The page stands between; after its form the redirect is a 303, which TikTok's 302 means (RFC 9110 §15.4.4).
            visit = await browser.SubmitAsync(visit, AuthorizePages.Answer, ("decision", name == "authorize/cancelled" ? "cancel" : "authorize"));
            expected = expected with { Status = 303 };
        }

        Assert.Empty(expected.Differences(visit.Answer, "", values));
        if (name == "authorize/granted")
        {
            // Once consent is remembered there is no form, and the status is the contract's own.
            values.Remove("code");
            Assert.Empty(file.Response.Differences((await browser.GetAsync(path)).Answer, "", values));
        }
    }

    private static Dictionary<string, string> Values(Holdfast.Platform.Developers.RegisteredApp app) => new()
    {
        ["client_key"] = app.ClientKey,
        ["client_secret"] = app.ClientSecret,
        ["wrong_client_secret"] = "no",
        ["unknown_client_key"] = "sbawnobody",
        ["dead_code"] = "abc*0!6124.u1",
        ["dead_refresh_token"] = "rft.none",
        ["code_verifier"] = PlatformUnderTest.Verifier,
        ["other_code_verifier"] = new('v', 43),
        ["code_challenge"] = PlatformUnderTest.Challenge,
        ["redirect_uri"] = PlatformUnderTest.Redirect,
        ["other_redirect_uri"] = "http://localhost:49152/callback/",
        ["unregistered_redirect_uri"] = "http://127.0.0.1:49152/elsewhere/",
        ["state"] = "n7f3",
    };
}
