using Holdfast.Storage;

namespace Holdfast.People.SecondFactor;

/// <summary>What a person has to show beside the first factor.</summary>
public sealed class Factors(Database database)
{
    private const string Sum = """
        select (select count(*) from totp where person_id = @personId and confirmed_at is not null) as totps,
          (select count(*) from passkey where person_id = @personId) as passkeys,
          (select count(*) from recovery_code where person_id = @personId and used_at is null) as recovery_codes_left
        """;

    public Task<FactorSum> OfAsync(string personId, CancellationToken aborted = default) => database.ReadAsync(session => OfAsync(session, personId), aborted);

    internal static async Task<FactorSum> OfAsync(Session session, string personId) =>
        await session.FirstAsync<FactorSum>(Sum, new { personId }) ?? new FactorSum();
}

/// <summary>The second factors of one person.</summary>
public sealed record FactorSum
{
    public long Totps { get; init; }
    public long Passkeys { get; init; }
    public long RecoveryCodesLeft { get; init; }

    public bool HasTotp => Totps > 0;

    /// <summary>Whether a password alone signs in.</summary>
    public bool Any => HasTotp || Passkeys > 0;
}
