using Holdfast.People.Email;
using Holdfast.Platform.Developers.Audit;
using Holdfast.Storage;

namespace Holdfast.Platform.Developers.Organizations;

/// <summary>Developers who own apps together (portal §2.7). Every statement says whose organization; who is no member finds none.</summary>
internal sealed class OrganizationStore(Database database, AppAudit audit, AppLetters letters, Ulids ulids, TimeProvider clock)
{
    /// <summary>Members and open invitations together.</summary>
    public const int MostMembers = 10;

    public const int LongestName = 50;

    private const string Mine = """
        select organization.id, organization.name, organization_member.role from organization
        join organization_member on organization_member.organization_id = organization.id and organization_member.person_id = @personId
        """;

    // To nobody who is in already; and counted under the organization's lock, so that ten is ten.
    private const string Insert = """
        insert into organization_invitation (id, organization_id, person_id, email, role, invited_at)
        select @invitation, @id, cast(@whom as text), cast(@email as text), @role, @now
        where exists (select 1 from organization_member where organization_id = @id and person_id = @personId and role = 'admin')
          and not exists (select 1 from organization_member where organization_id = @id and person_id = cast(@whom as text))
          and (select count(*) from organization_member where organization_id = @id) + (select count(*) from organization_invitation where organization_id = @id) < 10
        on conflict do nothing
        """;

    /// <summary>The organization's id; <c>null</c> when the name will not do.</summary>
    public async Task<string?> MakeAsync(string personId, string name, CancellationToken aborted)
    {
        if (name.Trim() is not { Length: > 0 and <= LongestName } trimmed || trimmed.Any(char.IsControl))
            return null;
        var (id, now) = (ulids.Next(), clock.GetUtcNow());
        await database.WriteAsync(async session =>
        {
            await session.RunAsync("insert into organization (id, name, created_at) values (@id, @trimmed, @now)", new { id, trimmed, now });
            await session.RunAsync("insert into organization_member (organization_id, person_id, role, joined_at) values (@id, @personId, 'admin', @now)", new { id, personId, now });
            await audit.AddAsync(session, id, AuditKind.OrganizationMade, personId, detail: trimmed);
        }, aborted);
        return id;
    }

    public Task<IReadOnlyList<OwnOrganization>> ListAsync(string personId, CancellationToken aborted = default) =>
        database.ReadAsync(session => session.ListAsync<OwnOrganization>(Mine + " order by organization.name, organization.id", new { personId }), aborted);

    public Task<OrganizationView?> FindAsync(string personId, string id, CancellationToken aborted) => database.ReadAsync(async session =>
    {
        if (await session.FirstAsync<OwnOrganization>(Mine + " where organization.id = @id", new { personId, id }) is not { } own)
            return null;
        return new OrganizationView(
            own,
            await session.ListAsync<Member>("select person.id, person.user_name, person.display_name, organization_member.role from organization_member join person on person.id = organization_member.person_id where organization_id = @id order by organization_member.joined_at, person.id", new { id }),
            await session.ListAsync<Invitation>("select organization_invitation.id, coalesce(organization_invitation.email, person.user_name) as whom, organization_invitation.email is not null as is_email, organization_invitation.role from organization_invitation left join person on person.id = organization_invitation.person_id where organization_id = @id order by invited_at, organization_invitation.id", new { id }),
            await session.ListAsync<OwnedApp>($"select {OwnedApp.Columns} from app where app.organization_id = @id and app.sandbox_of is null and app.disabled_at is null order by app.created_at, app.id", new { id }),
            await session.ListAsync<WaitingTransfer>("select app.id as app_id, app.name, person.user_name as asked_by from app_transfer join app on app.id = app_transfer.app_id join person on person.id = app_transfer.asked_by where app_transfer.organization_id = @id order by asked_at", new { id }));
    }, aborted);

    /// <param name="whom">A user name, with or without @, or an e-mail. Whether an account has that e-mail is told to nobody but that account.</param>
    public Task<InviteResult> InviteAsync(string personId, string id, string whom, bool asAdmin, CancellationToken aborted) => database.WriteAsync(async session =>
    {
        await session.OneAtATimeAsync($"organization:{id}");
        if (await session.FirstAsync<OwnOrganization>(Mine + " where organization.id = @id and organization_member.role = 'admin'", new { personId, id }) is not { } own)
            return InviteResult.NotThere;
        var email = EmailRule.IsAddress(whom) ? EmailRule.Normal(whom) : null;
        var found = email is null
            ? await session.FirstAsync<Reader>("select id, email, user_name from person where user_name = @name", new { name = whom.Trim().TrimStart('@').ToLowerInvariant() })
            : await session.FirstAsync<Reader>("select id, email, user_name from person where email = @email and email_verified_at is not null", new { email });
        if (email is null && found is null)
            return InviteResult.Unknown;
        if (await session.RunAsync(Insert, new { invitation = ulids.Next(), id, personId, whom = email is null ? found!.Id : null, email, role = asAdmin ? "admin" : "member", now = clock.GetUtcNow() }) == 0) // without an e-mail somebody was found
            return InviteResult.FullOrKnown;
        await audit.AddAsync(session, id, AuditKind.MemberInvited, personId, email is null ? found!.Id : null);
        await letters.AddAsync(session, found?.Email ?? email ?? "nobody@example.invalid", "invited", own.Name, found?.UserName ?? "", "", isRead: found?.Email is not null);
        return InviteResult.Invited;
    }, aborted);

    /// <summary>What this person is invited to: by name, or by the e-mail they have proven.</summary>
    public Task<IReadOnlyList<OwnInvitation>> InvitationsAsync(string personId, CancellationToken aborted) =>
        database.ReadAsync(session => session.ListAsync<OwnInvitation>(ForMe + " order by organization_invitation.invited_at", new { personId }), aborted);

    private const string ForMe = """
        select organization_invitation.id, organization_invitation.organization_id, organization.name, organization_invitation.role
        from organization_invitation join organization on organization.id = organization_invitation.organization_id
        where (organization_invitation.person_id = @personId or organization_invitation.email = (select person.email from person where person.id = @personId and person.email_verified_at is not null))
        """;

    /// <summary>Takes or turns down an invitation; <c>false</c> when it is not this person's.</summary>
    public Task<bool> AnswerAsync(string personId, string invitationId, bool accepts, CancellationToken aborted) => database.WriteAsync(async session =>
    {
        if (await session.FirstAsync<OwnInvitation>(ForMe + " and organization_invitation.id = @invitationId", new { personId, invitationId }) is not { } mine)
            return false;
        // Single use is this row: of two answers, one removes it.
        if (await session.RunAsync("delete from organization_invitation where id = @invitationId", new { invitationId }) == 0)
            return false;
        if (accepts && await session.RunAsync("""
            insert into organization_member (organization_id, person_id, role, joined_at) values (@OrganizationId, @personId, @Role, @now) on conflict do nothing
            """, new { mine.OrganizationId, personId, mine.Role, now = clock.GetUtcNow() }) == 1)
        {
            await audit.AddAsync(session, mine.OrganizationId, AuditKind.MemberJoined, personId);
        }
        return true;
    }, aborted);

    private sealed record Reader
    {
        public string Id { get; init; } = "";
        public string? Email { get; init; }
        public string UserName { get; init; } = "";
    }
}

internal enum InviteResult { Invited, Unknown, FullOrKnown, NotThere }

/// <summary>An organization as one of its members sees it.</summary>
public sealed record OwnOrganization
{
    public string Id { get; init; } = "";
    public string Name { get; init; } = "";

    /// <summary><c>admin</c> or <c>member</c>.</summary>
    public string Role { get; init; } = "";

    public bool IsAdmin => Role == "admin";
}

public sealed record OrganizationView(OwnOrganization Own, IReadOnlyList<Member> Members, IReadOnlyList<Invitation> Invitations, IReadOnlyList<OwnedApp> Apps, IReadOnlyList<WaitingTransfer> Transfers);

public sealed record Member
{
    public string Id { get; init; } = "";
    public string UserName { get; init; } = "";
    public string DisplayName { get; init; } = "";
    public string Role { get; init; } = "";

    public bool IsAdmin => Role == "admin";
}

/// <summary>An invitation nobody has answered.</summary>
public sealed record Invitation
{
    public string Id { get; init; } = "";

    /// <summary>A user name or an e-mail, as it was typed.</summary>
    public string Whom { get; init; } = "";

    public bool IsEmail { get; init; }
    public string Role { get; init; } = "";
}

public sealed record OwnInvitation
{
    public string Id { get; init; } = "";
    public string OrganizationId { get; init; } = "";
    public string Name { get; init; } = "";
    public string Role { get; init; } = "";
}

/// <summary>An app that somebody wants to hand over.</summary>
public sealed record WaitingTransfer
{
    public string AppId { get; init; } = "";
    public string Name { get; init; } = "";
    public string AskedBy { get; init; } = "";
}
