using Holdfast.Domain.Planning;
using Holdfast.Storage;

namespace Holdfast.Studio.Notices;

/// <summary>The members of a workspace as a notice of one kind meets them.</summary>
internal static class Audience
{
    /// <summary>Who has been here longest comes first.</summary>
    public static Task<IReadOnlyList<Listener>> OfAsync(Session session, NoticeRow notice) => session.ListAsync<Listener>("""
        select m.person_id, m.role = 'owner' as is_owner, p.email, c.email as chose_email, c.only_theirs, c.webhook as chose_webhook, h.id as hook_id,
          q.from_minute, q.to_minute, q.zone,
          m.person_id = coalesce((select connected_by from connection where id = @ConnectionId), '') or m.person_id = coalesce((select created_by from post where id = @PostId), '') as is_theirs
        from member m
        join person p on p.id = m.person_id
        left join notice_choice c on c.workspace_id = m.workspace_id and c.person_id = m.person_id and c.kind = @kind
        left join notice_hook h on h.workspace_id = m.workspace_id and h.person_id = m.person_id
        left join notice_quiet q on q.workspace_id = m.workspace_id and q.person_id = m.person_id
        where m.workspace_id = @WorkspaceId
        order by m.joined_at, m.person_id
        """, new { notice.WorkspaceId, notice.ConnectionId, notice.PostId, kind = $"{notice.Kind}" });
}

/// <summary>A member and what they chose.</summary>
internal sealed record Listener
{
    public string PersonId { get; init; } = "";
    public bool IsOwner { get; init; }
    public bool IsTheirs { get; init; }
    public string? Email { get; init; }
    public bool? ChoseEmail { get; init; }
    public bool? OnlyTheirs { get; init; }
    public bool? ChoseWebhook { get; init; }
    public string? HookId { get; init; }
    public long? FromMinute { get; init; }
    public long? ToMinute { get; init; }
    public string? Zone { get; init; }

    public bool WantsEmail(Occasion kind) => Email is not null && (Chosen(ChoseEmail, OnlyTheirs) ?? NoticeRule.Letters(kind, IsOwner)) switch
    {
        MailChoice.All => true,
        MailChoice.Theirs => IsTheirs,
        MailChoice.None => false,
    };

    /// <summary>A choice as the columns hold it; null: none was made.</summary>
    public static MailChoice? Chosen(bool? email, bool? onlyTheirs) => email is null ? null : email is false ? MailChoice.None : onlyTheirs is true ? MailChoice.Theirs : MailChoice.All;

    public bool WantsWebhook => HookId is not null && (ChoseWebhook ?? true);

    public QuietHours? Quiet => FromMinute is { } from && ToMinute is { } to && Zones.Exists(Zone)
        ? new(new TimeOnly((int)from / 60, (int)from % 60), new TimeOnly((int)to / 60, (int)to % 60), Zone!) // it exists
        : null;
}
