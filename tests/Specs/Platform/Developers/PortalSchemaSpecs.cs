using Holdfast.Platform.Developers;
using Holdfast.Specs.Storage;
using Holdfast.Storage;

namespace Holdfast.Specs.Platform.Developers;

/// <summary>What the portal's tables promise on either engine.</summary>
public sealed class PortalSchemaSpecs
{
    public static TheoryData<Engine> Engines => DatabaseUnderTest.Engines;

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task The_present_secret_can_be_signed_with_and_stands_nowhere_in_clear(Engine engine)
    {
        await using var platform = await PlatformUnderTest.StartAsync(engine);
        var app = await platform.AppAsync();

        Assert.Equal(app.ClientSecret, await SecretAsync(platform, app.Id));
        Assert.Null(await SecretAsync(platform, "nobody"));
        var stored = await platform.Database.ReadAsync(session => session.FirstAsync<byte[]>("select secret_sealed from app"));
        Assert.DoesNotContain(app.ClientSecret, System.Text.Encoding.Latin1.GetString(stored!), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task Case_96_a_row_of_the_audit_log_is_neither_changed_nor_deleted(Engine engine)
    {
        await using var platform = await PlatformUnderTest.StartAsync(engine);
        await platform.Database.WriteAsync(session => session.RunAsync(
            "insert into app_audit (chain, number, kind, detail, at, previous_hash, hash) values ('c', 1, 'Created', '', 0, @none, @none)", new { none = new byte[32] }));

        foreach (var change in (string[])["update app_audit set detail = 'x'", "delete from app_audit"])
            Assert.Contains("append-only", (await Assert.ThrowsAnyAsync<Exception>(() => platform.Database.WriteAsync(session => session.RunAsync(change)))).Message, StringComparison.Ordinal);
        Assert.Equal("", await platform.Database.ReadAsync(session => session.FirstAsync<string>("select detail from app_audit")));
    }

    private static Task<string?> SecretAsync(PlatformUnderTest platform, string appId) =>
        platform.Database.ReadAsync(session => platform.Service<AppSecrets>().CurrentAsync(session, appId));
}
