using System.Text;
using Holdfast.Shell.Hosting;
using Holdfast.Shell.Sealing;
using Holdfast.Storage;

namespace Holdfast.Specs.Shell.Sealing;

public sealed class SecretSealSpecs
{
    private static readonly SealedPlace Place = new("connection", "access_token", "row 1");
    private readonly string data = Directory.CreateTempSubdirectory("holdfast-seal").FullName;

    [Fact]
    public void A_sealed_secret_opens_in_its_own_place_and_holds_none_of_its_text()
    {
        var seal = Seal(null);

        var closed = seal.Close("act.very-secret", Place);

        Assert.Equal("act.very-secret", seal.Open(closed, Place));
        Assert.DoesNotContain("very-secret", Encoding.Latin1.GetString(closed), StringComparison.Ordinal);
        Assert.NotEqual(closed, seal.Close("act.very-secret", Place));
    }

    [Theory]
    [InlineData("connection", "access_token", "row 2")]
    [InlineData("connection", "refresh_token", "row 1")]
    [InlineData("tiktok_app", "access_token", "row 1")]
    public void Ciphertext_copied_to_another_place_does_not_open(string table, string column, string row)
    {
        var seal = Seal(null);
        var closed = seal.Close("act.very-secret", Place);

        var refused = Assert.Throws<SealedSecretException>(() => seal.Open(closed, new SealedPlace(table, column, row)));

        Assert.Equal(SealProblem.Damaged, refused.Problem);
    }

    [Fact]
    public void A_changed_byte_is_noticed_wherever_it_is()
    {
        var seal = Seal(null);
        var closed = seal.Close("act.very-secret", Place);

        for (var at = 0; at < closed.Length; at++)
        {
            var changed = closed.ToArray();
            changed[at] ^= 1;
            Assert.Throws<SealedSecretException>(() => seal.Open(changed, Place));
        }
    }

    [Fact]
    public async Task Nodes_that_start_at_once_on_one_folder_agree_on_one_key()
    {
        for (var round = 0; round < 20; round++)
        {
            Directory.Delete(data, recursive: true);
            using var together = new Barrier(4);
            var closed = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Factory.StartNew(() =>
            {
                var seal = Seal(null);
                together.SignalAndWait();
                return seal.Close("act.very-secret", Place);
            }, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)));

            Assert.All(closed, one => Assert.Equal("act.very-secret", Seal(null).Open(one, Place)));
            Assert.Equal("studio-master", Path.GetFileName(Assert.Single(Directory.GetFiles(Path.Combine(data, "keys")))));
        }
    }

    [Fact]
    public void The_folder_of_the_keys_is_its_owners_alone_from_the_first_moment()
    {
        Seal(null).Close("act.very-secret", Place);

        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.Combine(data, "keys")));
    }

    [Theory]
    [InlineData("keys")]
    [InlineData("keys/studio-cookies")]
    public async Task An_app_makes_the_folders_of_its_keys_for_nobody_else(string folder)
    {
        await using var studio = await Studio.SignedInStudio.StartAsync(DateTimeOffset.UnixEpoch);

        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.Combine(studio.Folder, folder)));
    }

    [Fact]
    public void R23_after_a_rotation_the_former_key_opens_and_the_newest_seals()
    {
        var (old, young) = (NewKey(), NewKey());
        var before = Seal(old).Close("rft.kept", Place);
        var rotated = Seal($"{young},{old}");

        Assert.Equal("rft.kept", rotated.Open(before, Place));
        Assert.Equal("rft.new", Seal(young).Open(rotated.Close("rft.new", Place), Place));
        Assert.Equal(SealProblem.KeyMissing, Assert.Throws<SealedSecretException>(() => Seal(young).Open(before, Place)).Problem);
    }

    [Fact, Trait("case", "107")]
    public void The_key_file_is_made_once_and_readable_by_its_owner_alone()
    {
        var closed = Seal(null).Close("act.very-secret", Place);
        var path = Path.Combine(data, "keys", "studio-master");

        Assert.Equal("act.very-secret", Seal(null).Open(closed, Place));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
    }

    [Theory]
    [InlineData("not base64")]
    [InlineData("c2hvcnQ=")]
    public void A_key_that_is_none_stops_with_a_sentence_and_without_its_text(string key)
    {
        var refused = Assert.Throws<StartupException>(() => Seal(key).Close("x", Place));

        Assert.DoesNotContain(key, refused.Message, StringComparison.Ordinal);
    }

    private SecretSeal Seal(string? keys) => new(
        new MasterKeys(
            new AppIdentity("studio"),
            new AppOptions { Url = new Uri("http://localhost:0"), Data = data },
            new ConfigurationBuilder().AddInMemoryCollection([new("KEYS", keys)]).Build(),
            new SystemSecrets()),
        new SystemSecrets());

    private static string NewKey() => Convert.ToBase64String(new SystemSecrets().Bytes(32));
}
