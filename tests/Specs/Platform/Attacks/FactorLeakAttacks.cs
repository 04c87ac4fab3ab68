using System.Text;
using System.Text.RegularExpressions;
using Holdfast.People.SecondFactor;
using Holdfast.Specs.Platform.Authorize;
using Holdfast.Specs.Platform.Qr;
using Holdfast.Specs.Platform.Settings;
using Holdfast.Specs.Platform.SignIn.External;
using Holdfast.Specs.Storage;
using Holdfast.Storage;

namespace Holdfast.Specs.Platform.Attacks;

/// <summary>Cases 70 and 71 for what came with second factors, letters, QR codes and other providers. The local outbox keeps its letters readable on purpose (docs/security.md), so a mail server takes them here.</summary>
public sealed partial class FactorLeakAttacks
{
    private static readonly FakePerson Mina = new("sub-mina", "mina@club.example.test");

    public static TheoryData<Engine> Engines => DatabaseUnderTest.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task Case_70_and_71_no_seed_recovery_code_letter_code_poll_token_challenge_or_trip_secret_is_readable_anywhere(Engine engine)
    {
        using var leaks = new Leaks();
        await using var mail = new FakeMailServer();
        mail.Refusals.Enqueue("451 not now"); // so that one letter still lies here, sealed
        await using var acme = await FakeProvider.StartAsync();
        await using var platform = await PlatformUnderTest.StartAsync(engine, configure: builder =>
        {
            leaks.Listen(builder);
            acme.Configure(builder);
            mail.Configure(builder);
        });
        var secrets = new List<(string What, string Secret)>();

        // A letter's code, and a link.
        using var browser = platform.AtLocalhost();
        await browser.SubmitAsync(await browser.GetAsync("/signup"), "/signup", ("username", "ada"), ("email", "ada@example.test"), ("password", PlatformUnderTest.Password));
        var code = Code().Match(FakeMailServer.Text(await mail.NextAsync())).Groups[1].Value;
        await platform.Database.WriteAsync(session => session.RunAsync("update person set email = wanted_email, email_verified_at = 1 where user_name = 'ada'"));
        using var forgetful = platform.Visitor();
        await forgetful.SubmitAsync(await forgetful.GetAsync("/login/reset"), "/login/reset", ("username", "ada"));
        var reset = FakeMailServer.Text(await mail.NextAsync());
        secrets.Add(("the reset link", Link().Match(reset).Groups[1].Value));
        secrets.Add(("the reset handle", forgetful.CookieValue("hf_platform_code_reset")!));
        secrets.Add(("the verification handle", browser.CookieValue("hf_platform_code_verify")!));

        // An authenticator app, and passkeys asked for.
        var ada = await platform.EnrolAsync(browser);
        secrets.Add(("the seed", Base32.Encode(ada.Seed)));
        secrets.Add(("the seed's bytes", Encoding.Latin1.GetString(ada.Seed)));
        secrets.Add(("the seed in hex", Convert.ToHexStringLower(ada.Seed)));
        secrets.AddRange(ada.RecoveryCodes.SelectMany(one => new[] { ("a recovery code", one), ("a recovery code", RecoveryCode.Read(one)!) })); // it was shown, so it reads
        var made = await browser.SubmitAsync(await browser.GetAsync(FactorPages.Factors), FactorPages.Factors + "/passkeys", ("name", "Laptop"));
        secrets.Add(("the challenge of a new passkey", made.Question().GetProperty("challenge").GetString()!));
        using var other = platform.AtLocalhost();
        secrets.Add(("the challenge of a sign-in", (await other.AskPasskeyAsync("ada")).Question().GetProperty("challenge").GetString()!));
        await other.PasswordAsync("ada");
        secrets.AddRange(new[] { (browser, FactorPages.Session), (browser, "hf_platform_passkey"), (other, "hf_platform_passkey"), (other, FactorPages.Step) }.Select(one => (one.Item2, one.Item1.CookieValue(one.Item2)!)));

        // A QR code, and a trip to a provider that nobody has finished.
        var drawn = await platform.DrawAsync(await platform.AppAsync());
        await browser.GetAsync(drawn.Path);
        secrets.Add(("the poll token", drawn.Token));
        using var traveller = platform.AtLocalhost();
        await traveller.GoAsync(acme, Mina);
        secrets.Add(("the browser's key", traveller.CookieValue("hf_platform_external")!));
        secrets.AddRange(acme.Secrets.Select(secret => ("a secret of the trip", secret)));
        secrets.Add(("the provider's client secret", FakeProvider.ClientSecret));

        Assert.Equal(6, secrets.Count(secret => secret.What.StartsWith("hf_", StringComparison.Ordinal) || secret.What.Contains("challenge", StringComparison.Ordinal)));
        Assert.Equal(4, acme.Secrets.Count);
        await leaks.AreNoneAsync(platform, engine, secrets);
        await LettersCodeIsNowhereAsync(platform, engine, code, leaks);
    }

    // Six digits stand in many places by chance: whole values are looked at, and the letter's own words.
    private static async Task LettersCodeIsNowhereAsync(PlatformUnderTest platform, Engine engine, string code, Leaks leaks)
    {
        Assert.Equal(6, code.Length);
        await leaks.AreNoneAsync(platform, engine, [("the letter", $"Code: {code}")]);
        Assert.DoesNotContain(leaks.LogLines, line => Regex.IsMatch(line, $"(?<![0-9A-Za-z]){code}(?![0-9A-Za-z])"));
        Assert.DoesNotContain(await ValuesAsync(platform, engine), value => value == code);
    }

    private static Task<List<string>> ValuesAsync(PlatformUnderTest platform, Engine engine) => platform.Database.ReadAsync(async session =>
    {
        var values = new List<string>();
        foreach (var table in await session.ListAsync<string>(engine is Engine.PostgreSql ? "select table_name from information_schema.tables where table_schema = current_schema()" : "select name from sqlite_master where type = 'table'"))
            values.AddRange((await session.ListAsync<dynamic>($"select * from \"{table}\"")).SelectMany(row => ((IDictionary<string, object?>)row).Values).Select(value => $"{value}"));
        Assert.NotEmpty(values);
        return values;
    });

    [GeneratedRegex(@"Code: (\d{6})")]
    private static partial Regex Code();

    [GeneratedRegex(@"token=([A-Za-z0-9_-]{43})")]
    private static partial Regex Link();
}
