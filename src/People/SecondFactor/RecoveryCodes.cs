using Holdfast.Storage;

namespace Holdfast.People.SecondFactor;

/// <summary>Ten spare keys for the day the phone is lost. Shown once; only digests stay.</summary>
public sealed class RecoveryCodes(ISecretSource secrets)
{
    public const int Count = 10;

    // Each works once: this WHERE clause.
    private const string Use = "update recovery_code set used_at = @now where person_id = @personId and digest = @digest and used_at is null";

    /// <summary>Ten new ones; those of before are gone.</summary>
    public async Task<IReadOnlyList<string>> MakeAsync(Session session, string personId, DateTimeOffset now)
    {
        await ForgetAsync(session, personId);
        var made = Enumerable.Range(0, Count).Select(_ => RecoveryCode.From(secrets.Bytes(16))).ToList();
        foreach (var code in made)
        {
            await session.RunAsync("insert into recovery_code (person_id, digest, created_at) values (@personId, @digest, @now)",
                new { personId, digest = RecoveryCode.Digest(RecoveryCode.Read(code)!), now }); // we made it, so it can be read
        }
        return made;
    }

    /// <param name="code">From <see cref="RecoveryCode.Read"/>.</param>
    public static async Task<bool> UseAsync(Session session, string personId, string code, DateTimeOffset now) =>
        await session.RunAsync(Use, new { personId, digest = RecoveryCode.Digest(code), now }) == 1;

    public static Task ForgetAsync(Session session, string personId) =>
        session.RunAsync("delete from recovery_code where person_id = @personId", new { personId });
}
