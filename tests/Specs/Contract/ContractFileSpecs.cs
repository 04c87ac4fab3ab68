using System.Net;

namespace Holdfast.Specs.Contract;

/// <summary>The comparison itself: a contract that lets everything through would hold nobody.</summary>
public sealed class ContractFileSpecs
{
    private const string Good = """{"access_token":"clt.1","expires_in":7200,"token_type":"Bearer"}""";

    [Fact]
    public void An_answer_that_fits_has_no_differences_and_hands_out_what_it_held()
    {
        var values = new Dictionary<string, string>();
        Assert.Empty(Compare(HttpStatusCode.OK, Good, values));
        Assert.Equal(("clt.1", "7200"), (values["access_token"], values["expires_in"]));
    }

    [Theory]
    [InlineData("""{"access_token":"clt.1","expires_in":7200,"token_type":"Bearer","data":{}}""", "$.data is not in the contract.")]
    [InlineData("""{"access_token":"clt.1","expires_in":7200}""", "$.token_type is missing.")]
    [InlineData("""{"access_token":"clt.1","expires_in":"7200","token_type":"Bearer"}""", "$.expires_in is \"7200\"")]
    [InlineData("""{"access_token":"","expires_in":7200,"token_type":"Bearer"}""", "$.access_token is \"\"")]
    [InlineData("<html>", "This is no JSON")]
    public void A_body_that_does_not_fit_is_told(string body, string difference) =>
        Assert.StartsWith(difference, Assert.Single(Compare(HttpStatusCode.OK, body, [])), StringComparison.Ordinal);

    [Fact]
    public void Another_status_is_told() => Assert.Equal("The status is 201, not 200.", Assert.Single(Compare(HttpStatusCode.Created, Good, [])));

    [Fact]
    public void A_name_stands_for_one_text_throughout() => Assert.NotEmpty(Compare(HttpStatusCode.OK, Good, new() { ["access_token"] = "clt.2" }));

    [Fact]
    public void A_redirect_is_compared_by_address_and_parameters()
    {
        var contract = ContractFile.Load("authorize/cancelled").Response;
        Dictionary<string, string> values = new() { ["redirect_uri"] = "http://127.0.0.1:1/callback/", ["state"] = "s" };
        Assert.Empty(Redirect("http://127.0.0.1:1/callback/?state=s&error=access_denied&error_description=No"));
        Assert.NotEmpty(Redirect("http://127.0.0.1:1/callback/?error=access_denied&error_description=No"));
        Assert.NotEmpty(Redirect("http://127.0.0.1:1/callback/?state=s&error=access_denied&error_description=No&code=1"));
        Assert.NotEmpty(Redirect("http://127.0.0.1:1/other/?state=s&error=access_denied&error_description=No"));

        IReadOnlyList<string> Redirect(string location)
        {
            using var answer = new HttpResponseMessage(HttpStatusCode.Found) { Headers = { Location = new(location) } };
            return contract.Differences(answer, "", new(values));
        }
    }

    private static IReadOnlyList<string> Compare(HttpStatusCode status, string body, Dictionary<string, string> values)
    {
        using var answer = new HttpResponseMessage(status) { Content = new StringContent(body, null, "application/json") };
        return ContractFile.Load("oauth-token/client-credentials-granted").Response.Differences(answer, body, values);
    }
}
