using Holdfast.TikTok;
using Holdfast.TikTok.OAuth;
using static Holdfast.Specs.Contract.ClientSide;

namespace Holdfast.Specs.Contract;

/// <summary>Holds the client library's OAuth half to the contract files: what it sends, and what it makes of the answer.</summary>
public sealed class ClientSideOAuthSpecs
{
    [Fact]
    public async Task A_code_is_exchanged_for_the_seven_members()
    {
        var outcome = await SpeakAsync("oauth-token/code-granted", client => Exchange(client, App));
        var grant = Assert.IsType<TokenOutcome.Granted>(outcome).Grant;
        Assert.Equal(("act.one", "rft.two", "-000LocalOpenId"), (grant.AccessToken.Reveal(), grant.RefreshToken?.Reveal(), grant.OpenId));
        Assert.Equal((TimeSpan.FromHours(2), TimeSpan.FromDays(180)), (grant.AccessLifetime, grant.RefreshLifetime));
        Assert.Equal(["user.info.basic", "video.list"], grant.Scopes);
    }

    [Fact]
    public async Task A_renewal_returns_the_successor()
    {
        var outcome = await SpeakAsync("oauth-token/refresh-granted", client => client.Tokens.RefreshAsync(App, new("rft.one"), Aborted));
        Assert.Equal(new RefreshToken("rft.two"), Assert.IsType<TokenOutcome.Granted>(outcome).Grant.RefreshToken);
    }

    [Fact]
    public async Task The_app_gets_a_token_of_its_own()
    {
        var outcome = await SpeakAsync("oauth-token/client-credentials-granted", client => client.Tokens.ClientTokenAsync(App, Aborted));
        Assert.Equal(TimeSpan.FromHours(2), Assert.IsType<ClientTokenOutcome.Granted>(outcome).Lifetime);
    }

    [Fact]
    public async Task A_wrong_secret_is_the_apps_problem() =>
        IsAppProblem("invalid_client", await SpeakAsync("oauth-token/secret-wrong", client => Exchange(client, WrongApp)));

    [Fact]
    public async Task A_missing_secret_is_the_apps_problem() =>
        IsAppProblem("invalid_request", await HearAsync("oauth-token/secret-missing", client => Exchange(client, App)));

    [Fact]
    public async Task Another_redirect_uri_is_the_apps_problem() => IsAppProblem("invalid_request", await SpeakAsync(
        "oauth-token/redirect-mismatch", client => Exchange(client, App, redirectUri: Values["other_redirect_uri"])));

    [Fact]
    public async Task Another_verifier_is_the_apps_problem() => IsAppProblem("invalid_request", await SpeakAsync(
        "oauth-token/pkce-mismatch", client => Exchange(client, App, verifier: Values["other_code_verifier"])));

    [Fact]
    public async Task A_dead_code_is_refused_for_good() => Assert.Equal("invalid_grant", Assert.IsType<TokenOutcome.Refused>(await SpeakAsync(
        "oauth-token/code-expired", client => Exchange(client, App, code: Values["dead_code"]))).Error.Error);

    [Fact]
    public async Task A_dead_refresh_token_is_refused_for_good_and_the_log_id_is_kept()
    {
        var outcome = await SpeakAsync("oauth-token/refresh-refused", client => client.Tokens.RefreshAsync(App, new("rft.none"), Aborted));
        Assert.Equal(new OAuthError("invalid_grant", "No.", LogId, 400), Assert.IsType<TokenOutcome.Refused>(outcome).Error);
    }

    [Fact]
    public async Task Access_is_given_up() =>
        Assert.IsType<RevokeOutcome.Revoked>(await SpeakAsync("oauth-revoke/revoked", client => client.Tokens.RevokeAsync(App, Token, Aborted)));

    [Fact]
    public async Task A_wrong_secret_gives_nothing_up() => Assert.IsType<RevokeOutcome.AppProblem>(
        await SpeakAsync("oauth-revoke/secret-wrong", client => client.Tokens.RevokeAsync(WrongApp, Token, Aborted)));

    [Theory]
    [InlineData("granted")]
    [InlineData("cancelled")]
    [InlineData("unknown-client-key")]
    [InlineData("redirect-not-registered")]
    public void An_authorization_request_asks_as_the_contract_says(string file)
    {
        var contract = ContractFile.Load($"authorize/{file}");
        var request = new AuthorizationRequest(
            file == "unknown-client-key" ? Values["unknown_client_key"] : Values["client_key"], ["user.info.basic", "video.list"],
            file == "redirect-not-registered" ? Values["unregistered_redirect_uri"] : Values["redirect_uri"], Values["state"])
        { Pkce = Pkce.For(new(Verifier)) };
        using var message = new HttpRequestMessage(HttpMethod.Get, request.ToUrl(TikTokEndpoints.Default));
        Assert.Empty(contract.Request.Differences(message, "", new(Values)));
    }

    [Fact]
    public void A_granted_callback_yields_the_code_decoded_once()
    {
        var values = new Dictionary<string, string>(Values) { ["code"] = "abc%2A0%216123.u1" };
        var granted = Assert.IsType<AuthorizationCallback.Granted>(Callback("authorize/granted", values));
        Assert.Equal(("abc*0!6123.u1", "n7f3"), (granted.Code.Reveal(), granted.State));
        Assert.Equal(["user.info.basic", "video.list"], granted.Scopes);
    }

    [Fact]
    public void A_cancelled_callback_yields_the_refusal() =>
        Assert.Equal(new AuthorizationCallback.Refused("access_denied", "No.", "n7f3"), Callback("authorize/cancelled", Values));

    private static Task<TokenOutcome> Exchange(TikTokClient client, ClientCredentials app, string? code = null, string? redirectUri = null, string? verifier = null) =>
        client.Tokens.ExchangeAsync(app, new(code ?? Values["code"]), redirectUri ?? Values["redirect_uri"], new(verifier ?? Verifier), Aborted);

    private static AuthorizationCallback Callback(string file, Dictionary<string, string> values) =>
        AuthorizationCallback.Parse(new Uri(ContractFile.Load(file).Response.ToMessage(values).Headers.Location!.OriginalString)); // the file has one

    private static void IsAppProblem(string error, TokenOutcome outcome) => Assert.Equal(error, Assert.IsType<TokenOutcome.AppProblem>(outcome).Error.Error);
}
