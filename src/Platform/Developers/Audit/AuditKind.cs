namespace Holdfast.Platform.Developers.Audit;

/// <summary>What an entry of the audit log tells; the words stand in Texts.json under <c>kind.…</c>.</summary>
public enum AuditKind
{
    Created,
    RevisionBegun,
    RevisionDropped,
    Submitted,
    Recalled,
    Approved,
    NotApproved,
    SecretRotated,
    OldSecretEnded,

    /// <summary>Where the app hears its webhooks.</summary>
    CallbackChanged,

    SandboxMade,
    SandboxChanged,
    SandboxDeleted,
    SandboxImported,
    TargetInvited,
    TargetAdded,
    TargetRemoved,
    TransferAsked,
    TransferCancelled,
    Transferred,
    Deleted,

    /// <summary>Somebody without any right to the app tried to reach it.</summary>
    AccessRefused,

    OrganizationMade,
    MemberInvited,
    InvitationCancelled,
    MemberJoined,
    MemberLeft,
    MemberRemoved,
    RoleChanged,
}
