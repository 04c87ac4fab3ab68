using System.Text;

namespace Holdfast.Specs.Platform.Tokens;

public sealed class TokenRequestSpecs
{
    [Theory]
    [InlineData("application/json", "{}", 415)]
    [InlineData("multipart/form-data; boundary=x", "--x--", 415)]
    [InlineData("application/x-www-form-urlencoded; charset=utf-16", "a=b", 415)]
    [InlineData("application/x-www-form-urlencoded; charset=UTF-8", "client_key=KEY&client_secret=SECRET&grant_type=client_credentials", 200)]
    [InlineData("application/x-www-form-urlencoded", "client_key=KEY&client_secret=SECRET&grant_type=client_credentials&client_id=ignored", 200)]
    [InlineData("application/x-www-form-urlencoded", "client_key=KEY&client_key=KEY&client_secret=SECRET&grant_type=client_credentials", 400)]
    [InlineData("application/x-www-form-urlencoded", "client_key=KEY&client_secret=SECRET&grant_type=client_credentials&grant_type=client_credentials", 400)]
    [InlineData("application/x-www-form-urlencoded", "client_key=KEY&client_secret=SECRET&grant_type=%zz", 400)]
    [InlineData("application/x-www-form-urlencoded", "client_key=KEY&client_secret=SECRET&grant_type=%C0%AF", 400)]
    [InlineData("application/x-www-form-urlencoded", "client_key=KEY&client_secret=SECRET&grant_type=password", 400)]
    [InlineData("application/x-www-form-urlencoded", "client_key=KEY&client_secret=SECRET&grant_type=Client_Credentials", 400)]
    [InlineData("application/x-www-form-urlencoded", "client_key=KEY&client_secret=SECRET&grant_type=", 400)]
    [InlineData("application/x-www-form-urlencoded", "client_key=KEY&grant_type=client_credentials", 400)]
    [InlineData("application/x-www-form-urlencoded", "", 400)]
    public async Task The_form_is_read_strictly_and_every_refusal_has_three_members(string type, string body, int status)
    {
        await using var platform = await PlatformUnderTest.StartAsync();
        var app = await platform.AppAsync();
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body.Replace("KEY", app.ClientKey, StringComparison.Ordinal).Replace("SECRET", app.ClientSecret, StringComparison.Ordinal)));
        content.Headers.TryAddWithoutValidation("Content-Type", type);

        using var answer = await platform.Http.PostAsync("/v2/oauth/token/", content);

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal("application/json", answer.Content.Headers.ContentType?.MediaType);
        Assert.True(answer.Headers.CacheControl?.NoStore);
        Assert.Equal("no-cache", answer.Headers.Pragma.ToString());
        Assert.False(answer.Headers.Contains("Access-Control-Allow-Origin"));
        if (status != 200)
            Assert.Equal(["error", "error_description", "log_id"], System.Text.Json.JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.EnumerateObject().Select(member => member.Name));
    }

    [Fact]
    public async Task Other_methods_huge_forms_and_packed_bodies_are_refused_in_json()
    {
        await using var platform = await PlatformUnderTest.StartAsync();

        using var get = await platform.Http.GetAsync("/v2/oauth/token");
        using var huge = await platform.Http.PostAsync("/v2/oauth/token/", new FormUrlEncodedContent([KeyValuePair.Create("code", new string('x', 200_000))]));
        using var packed = new ByteArrayContent([1, 2, 3]) { Headers = { ContentType = new("application/x-www-form-urlencoded"), ContentEncoding = { "gzip" } } };
        using var zipped = await platform.Http.PostAsync("/v2/oauth/token/", packed);

        Assert.Equal([405, 413, 415], [(int)get.StatusCode, (int)huge.StatusCode, (int)zipped.StatusCode]);
        Assert.All([get, huge, zipped], answer => Assert.Equal("application/json", answer.Content.Headers.ContentType?.MediaType));
    }

    [Fact]
    public async Task Errors_can_be_answered_with_200_as_was_seen_live()
    {
        await using var platform = await PlatformUnderTest.StartAsync(tokens: tokens => tokens.ErrorsAreOk = true);
        var app = await platform.AppAsync();

        var answer = await platform.RenewAsync(app, "rft.unknown");

        Assert.Equal((200, "invalid_grant"), (answer.Status, answer.Error));
    }
}
