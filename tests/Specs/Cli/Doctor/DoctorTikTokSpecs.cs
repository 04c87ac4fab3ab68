namespace Holdfast.Specs.Cli.Doctor;

/// <summary>What <c>holdfast doctor</c> finds out by asking TikTok: the way there, the clock, key and secret, the redirect URI.</summary>
public sealed class DoctorTikTokSpecs : IAsyncLifetime
{
    private Patient patient = null!; // made before every spec

    public async ValueTask InitializeAsync() => patient = await Patient.CreateAsync();

    public ValueTask DisposeAsync()
    {
        patient.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task The_clock_is_compared_with_TikToks()
    {
        patient.Accepts(studioIsAhead: TimeSpan.FromMinutes(5));
        var off = Assert.Single(await patient.ExamineAsync("clock"));
        Assert.Equal("fail", off.State);
        Assert.Contains("300 s ahead of TikTok's", off.Says, StringComparison.Ordinal);

        patient.Accepts(studioIsAhead: TimeSpan.FromSeconds(-50));
        Assert.Equal("warn", Assert.Single(await patient.ExamineAsync("clock")).State);

        patient.Accepts(studioIsAhead: TimeSpan.FromSeconds(1));
        Assert.Equal("ok", Assert.Single(await patient.ExamineAsync("clock")).State);
    }

    [Theory]
    [InlineData("error=invalid_request&error_type=redirect_uri", "is not registered for this client key")]
    [InlineData("error=unauthorized_client&error_type=client_key", "refuses this app")]
    [InlineData("error=param_error&errCode=10007&error_type=code_challenge", "is registered under another platform")]
    [InlineData("error=invalid_scope&error_type=scope", "is not enabled for the app")]
    public async Task The_authorization_page_is_asked_about_the_redirect_URI(string page, string says)
    {
        patient.Accepts(page);

        var check = Assert.Single(await patient.ExamineAsync("redirect"));

        Assert.Equal("fail", check.State);
        Assert.Contains(says, check.Says, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_redirect_URI_that_nobody_can_register_is_named()
    {
        patient.Up = patient.Up with { StudioUrl = new Uri("http://studio.example.test"), AllowPlainHttp = true };

        Assert.Contains("cannot be registered anywhere", Assert.Single(await patient.ExamineAsync("redirect")).Says, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(HttpRequestError.NameResolutionError, "its name cannot be resolved", "DNS")]
    [InlineData(HttpRequestError.SecureConnectionError, "its certificate is not accepted", "proxy")]
    [InlineData(HttpRequestError.ConnectionError, "no connection comes about", "firewall")]
    public async Task The_way_to_TikTok_is_told_by_where_it_breaks(HttpRequestError error, string says, string next)
    {
        patient.Up = patient.Up with { TikTok = true };
        (patient.Settings["TikTok:ClientKey"], patient.Settings["TikTok:ClientSecret"]) = ("key", "secret");
        await patient.RunSqlAsync("update tiktok_app set authorize_base = 'https://www.tiktok.com', api_base = 'https://open.tiktokapis.com'");
        patient.TikTok.Fault = (_, _, _) => throw new HttpRequestException(error, "down");

        var check = Assert.Single(await patient.ExamineAsync("tiktok"));

        Assert.Equal("fail", check.State);
        Assert.Contains(says, check.Says, StringComparison.Ordinal);
        Assert.Contains(next, check.Next, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_Platform_of_ours_that_is_merely_off_is_no_failure()
    {
        patient.TikTok.Fault = (_, _, _) => throw new HttpRequestException(HttpRequestError.ConnectionError, "off");

        var (exit, said, _) = await patient.ExamineAsync(json: false);

        Assert.True(exit == 0, said);
        Assert.Contains("The Platform does not run", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_API_that_says_nothing_to_key_and_secret_comes_with_a_next_step()
    {
        patient.TikTok.Fault = (path, _, _) => Task.FromResult<HttpResponseMessage?>(path == "/v2/oauth/token/" ? new(System.Net.HttpStatusCode.ServiceUnavailable) : null);

        var check = Assert.Single(await patient.ExamineAsync("app"));

        Assert.Equal("warn", check.State);
        Assert.Contains("run doctor again", check.Next, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_outage_at_TikTok_sends_nobody_to_the_network()
    {
        patient.TikTok.Fault = (path, _, _) => Task.FromResult<HttpResponseMessage?>(path == "/v2/oauth/token/" ? new(System.Net.HttpStatusCode.ServiceUnavailable) : null);
        await patient.RunSqlAsync("insert into incident (id, cause, began_at, last_at, times) values ('i1', 'tiktok-unavailable', 0, 0, 1)");

        var (_, said, _) = await patient.ExamineAsync(json: false);

        Assert.Contains("TikTok answers, but its API fails. Since 1970-01-01 00:00:00Z", said, StringComparison.Ordinal);
        Assert.DoesNotContain("does not reach", said, StringComparison.Ordinal);
        Assert.DoesNotContain("firewall", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keys_of_TikTok_that_are_half_set_are_told_by_name()
    {
        patient.Up = patient.Up with { TikTok = true };
        patient.Settings["TikTok:ClientKey"] = "key";

        Assert.Contains(await patient.ExamineAsync("app"), check => check.State == "fail" && check.Says.Contains("HOLDFAST_TikTok__ClientSecret", StringComparison.Ordinal));
    }
}
