using Holdfast.Domain.Planning;
using Holdfast.Storage;

namespace Holdfast.Studio.Notices;

/// <summary>What members chose to hear, and when; and what the workspace does when nobody comes.</summary>
internal sealed class NoticeSettings(Database database)
{
    public const int LongestEscalation = 24 * 14;
    public const int LongestLate = 60 * 24 * 7;

    public Task<MemberSettings> FindAsync(string workspaceId, string personId, CancellationToken aborted = default) => database.ReadAsync(session => FindAsync(session, workspaceId, personId), aborted);

    /// <summary>Keeps what differs from what holds: what nobody touched goes on as the rules of the house say.</summary>
    /// <param name="email">A kind that is not in it stays as it is.</param>
    /// <param name="webhook">Null: that was not asked.</param>
    public Task SaveChoicesAsync(string workspaceId, string personId, IReadOnlyDictionary<Occasion, MailChoice> email, IReadOnlySet<Occasion>? webhook) => database.WriteAsync(async session =>
    {
        foreach (var (kind, holds) in (await FindAsync(session, workspaceId, personId)).Wants)
        {
            var wanted = (Email: email.GetValueOrDefault(kind, holds.Email), Webhook: webhook?.Contains(kind) ?? holds.Webhook);
            if (wanted == holds)
                continue;
            await session.RunAsync("""
                insert into notice_choice (workspace_id, person_id, kind, email, only_theirs, webhook) values (@workspaceId, @personId, @kind, @email, @onlyTheirs, @webhook)
                on conflict (workspace_id, person_id, kind) do update set email = excluded.email, only_theirs = excluded.only_theirs, webhook = excluded.webhook
                """, new { workspaceId, personId, kind = $"{kind}", email = wanted.Email is not MailChoice.None, onlyTheirs = wanted.Email is MailChoice.Theirs, webhook = wanted.Webhook });
        }
    });

    /// <param name="quiet">Null: letters come at any hour.</param>
    public Task SaveQuietAsync(string workspaceId, string personId, QuietHours? quiet) => database.WriteAsync(session => quiet is null
        ? session.RunAsync("delete from notice_quiet where workspace_id = @workspaceId and person_id = @personId", new { workspaceId, personId })
        : session.RunAsync("""
            insert into notice_quiet (workspace_id, person_id, from_minute, to_minute, zone) values (@workspaceId, @personId, @from, @to, @Zone)
            on conflict (workspace_id, person_id) do update set from_minute = excluded.from_minute, to_minute = excluded.to_minute, zone = excluded.zone
            """, new { workspaceId, personId, from = MinuteOf(quiet.From), to = MinuteOf(quiet.To), quiet.Zone }));

    public Task<WorkspaceRules> RulesAsync(string workspaceId, CancellationToken aborted = default) => database.ReadAsync(async session => new WorkspaceRules(
        await session.FirstAsync<Rules>("select late_minutes, escalate_hours, escalate_to from workspace where id = @workspaceId", new { workspaceId }) ?? new Rules(),
        await session.ListAsync<MemberName>("select p.id, p.display_name as name from member m join person p on p.id = m.person_id where m.workspace_id = @workspaceId order by m.joined_at, p.id", new { workspaceId })), aborted);

    /// <summary>The owner's to decide; one statement asks for that.</summary>
    /// <returns><c>false</c> when the person is no owner of the workspace.</returns>
    public Task<bool> SaveRulesAsync(string workspaceId, string personId, Rules rules) => database.WriteAsync(async session => await session.RunAsync("""
        update workspace set late_minutes = @LateMinutes, escalate_hours = @EscalateHours,
          escalate_to = (select person_id from member where workspace_id = @workspaceId and person_id = @EscalateTo)
        where id = @workspaceId and exists (select 1 from member where workspace_id = @workspaceId and person_id = @personId and role = 'owner')
        """, new { workspaceId, personId, rules.LateMinutes, rules.EscalateHours, rules.EscalateTo }) == 1);

    private static async Task<MemberSettings> FindAsync(Session session, string workspaceId, string personId)
    {
        var role = await session.FirstAsync<string>("select role from member where workspace_id = @workspaceId and person_id = @personId", new { workspaceId, personId });
        var chosen = (await session.ListAsync<Chosen>("select kind, email, only_theirs, webhook from notice_choice where workspace_id = @workspaceId and person_id = @personId", new { workspaceId, personId })).ToDictionary(row => row.Kind);
        var quiet = await session.FirstAsync<Listener>("select from_minute, to_minute, zone from notice_quiet where workspace_id = @workspaceId and person_id = @personId", new { workspaceId, personId });
        var isOwner = role == "owner";
        return new MemberSettings(isOwner, quiet?.Quiet, Enum.GetValues<Occasion>().ToDictionary(kind => kind, kind => chosen.TryGetValue(kind, out var row)
            ? (Listener.Chosen(row.Email, row.OnlyTheirs) ?? MailChoice.None, row.Webhook)
            : (NoticeRule.Letters(kind, isOwner), true)));
    }

    private static long MinuteOf(TimeOnly time) => (time.Hour * 60) + time.Minute;

    private sealed record Chosen
    {
        public Occasion Kind { get; init; }
        public bool Email { get; init; }
        public bool OnlyTheirs { get; init; }
        public bool Webhook { get; init; }
    }
}

/// <param name="Wants">By e-mail and by webhook, for each kind.</param>
public sealed record MemberSettings(bool IsOwner, QuietHours? Quiet, IReadOnlyDictionary<Occasion, (MailChoice Email, bool Webhook)> Wants);

/// <summary>What the workspace decided, and who is in it.</summary>
public sealed record WorkspaceRules(Rules Rules, IReadOnlyList<MemberName> Members);

public sealed record Rules
{
    /// <summary>A post this late still goes out by itself.</summary>
    public long LateMinutes { get; init; }

    /// <summary>Null: nobody else is told.</summary>
    public long? EscalateHours { get; init; }

    /// <summary>Null: whoever has been here longest and was not told.</summary>
    public string? EscalateTo { get; init; }
}

public sealed record MemberName
{
    public string Id { get; init; } = "";
    public string Name { get; init; } = "";
}
