using Holdfast.Storage;

namespace Holdfast.People.SecondFactor;

/// <summary>Takes a typed code: six digits of the authenticator app, or a recovery code.</summary>
public sealed class CodeCheck(AuthenticatorApps apps)
{
    /// <remarks>Decides and spends the code in the caller's transaction.</remarks>
    public async Task<CodeAnswer> TryAsync(Session session, string personId, string typed, DateTimeOffset now)
    {
        // 80 bits need no throttle, so nobody who guesses at the app's code keeps the person from these.
        if (RecoveryCode.Read(typed) is { } recovery)
            return await RecoveryCodes.UseAsync(session, personId, recovery, now) ? new CodeAnswer.Right(IsRecovery: true) : new CodeAnswer.Wrong();
        if (Totp.Read(typed) is not { } code)
            return new CodeAnswer.Wrong();
        if (await CodeThrottle.TakeAsync(session, personId, now) is { Ticks: > 0 } wait)
            return new CodeAnswer.Wait(wait);
        if (!await apps.AcceptsAsync(session, personId, code, now))
            return new CodeAnswer.Wrong();
        await CodeThrottle.ForgiveAsync(session, personId);
        return new CodeAnswer.Right(IsRecovery: false);
    }
}

public abstract record CodeAnswer
{
    private CodeAnswer() { }

    public sealed record Right(bool IsRecovery) : CodeAnswer;

    /// <summary>Wrong, spent, too old: deliberately one answer.</summary>
    public sealed record Wrong : CodeAnswer;

    /// <summary>Too many wrong ones; the same code is welcome after this long.</summary>
    public sealed record Wait(TimeSpan For) : CodeAnswer;
}
