namespace Holdfast.People.Activity;

/// <summary>What an entry of the activity log tells; its words stand in the texts under <c>activity.…</c>.</summary>
public enum ActivityKind
{
    SignedIn,
    SignInFailed,
    ConfirmationFailed,
    SignedOutEverywhere,
    PasswordChanged,
    PasswordReset,
    EmailChanged,
    TotpAdded,
    TotpRemoved,
    RecoveryCodesMade,
    RecoveryCodeUsed,
    PasskeyAdded,
    PasskeyRemoved,
    ExternalLinked,
    ExternalUnlinked,
    ProfileChanged,
    CodeAsked,
    AppAuthorized,
    AppRemoved,
}
