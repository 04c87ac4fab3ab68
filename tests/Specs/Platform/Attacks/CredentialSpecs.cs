using System.Text;
using Holdfast.People.SecondFactor;
using Holdfast.Specs.Storage;
using Holdfast.Storage;

namespace Holdfast.Specs.Platform.Attacks;

/// <summary>Attack cases 61 and 70, the part about second factors: what they open ends with them, and nothing of them lies about.</summary>
public sealed class CredentialSpecs
{
    public static TheoryData<Engine> Engines => DatabaseUnderTest.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task Case_61_after_a_change_of_second_factors_no_earlier_token_is_renewed_and_no_earlier_code_exchanged(Engine engine)
    {
        await using var platform = await PlatformUnderTest.StartAsync(engine);
        var app = await platform.AppAsync();
        var bruno = await platform.PersonAsync("bruno");
        var brunos = await platform.GrantAsync(app, bruno);
        await platform.PersonAsync("ada");
        using var passkey = new SoftPasskey(platform.Origin());
        using var browser = platform.AtLocalhost();
        await browser.LogInAsync("ada");
        var ada = await platform.Service<Holdfast.People.PeopleStore>().FindByUserNameAsync("ada");
        Enrolled? enrolled = null;

        await EndsAsync(async () => enrolled = await platform.EnrolAsync(browser));
        await EndsAsync(() => browser.AddPasskeyAsync(passkey));
        await EndsAsync(async () =>
        {
            var page = await browser.GetAsync(FactorPages.Factors);
            await browser.SubmitAsync(page, FactorPages.Factors + "/passkeys/remove", ("id", page.PasskeyId()), ("proof", PlatformUnderTest.Password));
        });
        await EndsAsync(async () => await browser.SubmitAsync(await browser.GetAsync(FactorPages.Factors), FactorPages.Factors + "/totp/remove", ("proof", enrolled!.Code())));

        Assert.True((await platform.RenewAsync(app, brunos.Refresh)).IsGranted);

        async Task EndsAsync(Func<Task> change)
        {
            var grant = await platform.GrantAsync(app, ada!);
            var code = await platform.CodeAsync(app, ada!);
            Assert.True(await platform.OpensAsync(grant.Access));
            await change();
            Assert.False(await platform.OpensAsync(grant.Access));
            Assert.Equal("invalid_grant", (await platform.RenewAsync(app, grant.Refresh)).Error);
            Assert.Equal("invalid_grant", (await platform.RedeemAsync(app, code)).Error);
        }
    }

    [Fact]
    public async Task Case_70_no_seed_no_recovery_code_and_no_cookie_is_found_in_the_database_files()
    {
        await using var platform = await PlatformUnderTest.StartAsync();
        using var browser = platform.AtLocalhost();
        var ada = await platform.WithTotpAsync(browser, "ada");
        using var passkey = new SoftPasskey(platform.Origin());
        await browser.AddPasskeyAsync(passkey);
        using var other = platform.AtLocalhost();
        await other.PasswordAsync("ada");
        await other.AskPasskeyAsync("ada");
        var files = Directory.GetFiles(platform.Folder, "platform.db*").Concat(Directory.GetFiles(platform.Folder, "*.db*")).Distinct().SelectMany(File.ReadAllBytes).ToArray();

        byte[][] secrets =
        [
            ada.Seed, Encoding.UTF8.GetBytes(Base32.Encode(ada.Seed)),
            .. ada.RecoveryCodes.SelectMany(code => new[] { Encoding.UTF8.GetBytes(code), Encoding.UTF8.GetBytes(RecoveryCode.Read(code)!) }),
            Encoding.UTF8.GetBytes(browser.CookieValue(FactorPages.Session)!), Encoding.UTF8.GetBytes(other.CookieValue(FactorPages.Step)!), Encoding.UTF8.GetBytes(other.CookieValue("hf_platform_passkey")!),
        ];
        Assert.All(secrets, secret => Assert.True(files.AsSpan().IndexOf(secret) < 0));
        Assert.True(files.AsSpan().IndexOf(Encoding.UTF8.GetBytes(RecoveryCode.Digest(RecoveryCode.Read(ada.RecoveryCodes[0])!))) >= 0);
    }
}
