using Holdfast.Cli.Doctor;
using Holdfast.Cli.Up;
using Holdfast.Specs.Storage.Blobs;

namespace Holdfast.Specs.Cli.Doctor;

/// <summary>What <c>doctor</c> finds out about the bucket by using it.</summary>
public sealed class MediaSpecs(S3Server server) : IClassFixture<S3Server>
{
    [Fact]
    public async Task Without_a_bucket_the_folder_is_named_and_what_other_nodes_need()
    {
        Assert.Contains("studio-media", (await OfAsync([])).Says, StringComparison.Ordinal);
        Assert.Contains("HOLDFAST_S3__Bucket", (await OfAsync([], database: "Host=db")).Says, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bucket_is_written_to_read_and_tidied()
    {
        var before = server.Files.Count();

        var check = await OfAsync(server.Settings);

        Assert.Equal((CheckState.Ok, "s3"), (check.State, check.Name));
        Assert.Equal(before, server.Files.Count());
    }

    [Theory]
    [InlineData("AccessKey", "somebody", "HOLDFAST_S3__AccessKey")]
    [InlineData("Bucket", "elsewhere", "HOLDFAST_S3__Bucket")]
    [InlineData("Bucket", "", "HOLDFAST_S3__ settings")]
    [InlineData("Endpoint", "http://127.0.0.1:9", "HOLDFAST_S3__Endpoint")]
    [InlineData("Endpoint", "http://s3.example.test", "HOLDFAST_S3__ settings")]
    [InlineData("PathStyle", "perhaps", "Correct it")]
    public async Task Different_settings_that_are_wrong_have_different_next_steps(string name, string value, string next)
    {
        var check = await OfAsync(new(server.Settings) { [$"S3:{name}"] = value });

        Assert.Equal(CheckState.Fail, check.State);
        Assert.Contains(next, check.Next, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SignatureDoesNotMatch", "HOLDFAST_S3__SecretKey")]
    [InlineData("AccessDenied", "s3:PutObject")]
    [InlineData("AuthorizationHeaderMalformed", "HOLDFAST_S3__Region")]
    [InlineData("RequestTimeTooSkewed", "clock")]
    [InlineData("SlowDown", "Try again in a while")]
    [InlineData("NotFound", "HOLDFAST_S3__Bucket")]
    [InlineData("SomethingNew", "documentation")]
    public async Task What_the_store_refuses_with_names_the_cause_and_shows_no_secret(string code, string next)
    {
        await using var store = await BareStore.StartAsync([], refuses: code);

        var check = await OfAsync(new(server.Settings) { ["S3:Endpoint"] = store.Options.Endpoint, ["S3:SecretKey"] = "a-secret-nobody-may-see" });

        Assert.Equal(CheckState.Fail, check.State);
        Assert.Contains(next, check.Next, StringComparison.Ordinal);
        Assert.DoesNotContain("nobody-may-see", check.Says + check.Next, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_keys_and_without_a_role_the_variables_are_named_and_no_network_is_blamed()
    {
        // Whoever runs this may have keys or a role of their own.
        foreach (var name in new[] { "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_PROFILE", "AWS_WEB_IDENTITY_TOKEN_FILE", "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "AWS_CONTAINER_CREDENTIALS_FULL_URI" })
            Environment.SetEnvironmentVariable(name, null);
        Environment.SetEnvironmentVariable("AWS_EC2_METADATA_DISABLED", "true");
        Environment.SetEnvironmentVariable("AWS_SHARED_CREDENTIALS_FILE", "/nowhere/credentials");
        Environment.SetEnvironmentVariable("AWS_CONFIG_FILE", "/nowhere/config");

        var check = await OfAsync(new() { ["S3:Bucket"] = "mybucket", ["S3:Endpoint"] = "http://127.0.0.1:9" });

        Assert.Equal((CheckState.Fail, "s3"), (check.State, check.Name));
        Assert.StartsWith("There are no keys for the bucket mybucket", check.Says, StringComparison.Ordinal);
        Assert.StartsWith("Set HOLDFAST_S3__AccessKey and HOLDFAST_S3__SecretKey", check.Next, StringComparison.Ordinal);
    }

    private static async Task<Check> OfAsync(Dictionary<string, string?> settings, string? database = null) => Assert.Single(await MediaChecks.OfAsync(
        new ConfigurationBuilder().AddInMemoryCollection(settings).Build(), new UpSettings { StudioPort = 7400, PlatformPort = 7500, Data = "/data", Database = database }, TestClock.System, CancellationToken.None));
}
