using Holdfast.People.Activity;
using Holdfast.People.Passkeys;
using Holdfast.Storage;

namespace Holdfast.People.SecondFactor;

/// <summary>Adds and removes second factors. The caller has made sure that it is the person (<see cref="Proof"/>).</summary>
public sealed class ChangeFactors(AuthenticatorApps apps, PasskeyTable passkeys, RecoveryCodes recovery, CredentialChange credentials, Database database, ActivityLog activity, TimeProvider clock)
{
    /// <summary>A seed for a new authenticator app; <c>null</c> when there is an app already.</summary>
    public Task<TotpKey?> BeginTotpAsync(string personId, CancellationToken aborted) => apps.BeginAsync(personId, aborted);

    /// <summary>The seed that still waits for its first code.</summary>
    public Task<TotpKey?> PendingTotpAsync(string personId, CancellationToken aborted) => apps.PendingAsync(personId, aborted);

    public Task<FactorAdded> ConfirmTotpAsync(HttpContext http, string personId, string code) =>
        AddAsync(http, personId, ActivityKind.TotpAdded, "", (session, now) => apps.ConfirmAsync(session, personId, Totp.Read(code) ?? "", now));

    public Task<bool> RemoveTotpAsync(HttpContext http, string personId) =>
        RemoveAsync(http, personId, ActivityKind.TotpRemoved, "", session => AuthenticatorApps.RemoveAsync(session, personId));

    public Task<FactorAdded> AddPasskeyAsync(HttpContext http, string personId, NewPasskey passkey) =>
        AddAsync(http, personId, ActivityKind.PasskeyAdded, passkey.Name, (session, now) => passkeys.AddAsync(session, personId, passkey, now));

    public async Task<PasskeyRemoval> RemovePasskeyAsync(HttpContext http, string personId, string id)
    {
        if (await passkeys.FindAsync(personId, id, http.RequestAborted) is not { } passkey)
            return PasskeyRemoval.NotThere;
        var removal = PasskeyRemoval.NotThere; // for a session that another change has ended meanwhile
        await RemoveAsync(http, personId, ActivityKind.PasskeyRemoved, passkey.Name, async session =>
        {
            removal = await PasskeyTable.RemoveAsync(session, personId, id) ? PasskeyRemoval.Removed : PasskeyRemoval.LastWayIn;
            return removal is PasskeyRemoval.Removed;
        });
        return removal;
    }

    /// <summary>Ten new recovery codes in place of the old; <c>null</c> without a second factor that they could stand in for.</summary>
    public Task<IReadOnlyList<string>?> MakeCodesAsync(HttpContext http, string personId) => database.WriteAsync(async session =>
    {
        if (!(await Factors.OfAsync(session, personId)).Any)
            return null;
        await activity.AddAsync(session, http, personId, ActivityKind.RecoveryCodesMade);
        return (IReadOnlyList<string>?)await recovery.MakeAsync(session, personId, clock.GetUtcNow());
    }, http.RequestAborted);

    // Whoever adds a first factor gets its spare keys with it, or a lost phone would be a lost account.
    private async Task<FactorAdded> AddAsync(HttpContext http, string personId, ActivityKind kind, string detail, Func<Session, DateTimeOffset, Task<bool>> add)
    {
        IReadOnlyList<string> codes = [];
        var added = await credentials.RunAsync(http, personId, kind, detail, async (session, now) =>
        {
            if (!await add(session, now))
                return false;
            codes = (await Factors.OfAsync(session, personId)).RecoveryCodesLeft == 0 ? await recovery.MakeAsync(session, personId, now) : [];
            return true;
        });
        return added ? new FactorAdded.Added(codes) : new FactorAdded.Refused();
    }

    private Task<bool> RemoveAsync(HttpContext http, string personId, ActivityKind kind, string detail, Func<Session, Task<bool>> remove) =>
        credentials.RunAsync(http, personId, kind, detail, async (session, _) =>
        {
            if (!await remove(session))
                return false;
            if (!(await Factors.OfAsync(session, personId)).Any)
                await RecoveryCodes.ForgetAsync(session, personId);
            return true;
        });
}

public enum PasskeyRemoval { Removed, NotThere, LastWayIn }

public abstract record FactorAdded
{
    private FactorAdded() { }

    /// <summary>It counts from now on.</summary>
    public sealed record Added(IReadOnlyList<string> RecoveryCodes) : FactorAdded
    {
        // Records print their members, and these are keys.
        public override string ToString() => "Added(redacted)";
    }

    /// <summary>A wrong code, a passkey that is known already, or one too many.</summary>
    public sealed record Refused : FactorAdded;
}
