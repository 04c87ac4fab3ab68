using Holdfast.People;
using Holdfast.People.Account;
using Holdfast.Platform.Permissions;
using Holdfast.Platform.Settings;
using Holdfast.Platform.Tokens;
using Holdfast.Shell.Language;
using Holdfast.Storage;

namespace Holdfast.Platform.Console.Accounts;

/// <summary>What the people of this Platform do, done in their place through the services their own pages use: whoever listens to those hears of it.</summary>
internal sealed class AccountDeeds(Database database, ConnectedApps connected, Consents consents, ProfileSettings profiles, DeleteAccount deletion, TimeProvider clock)
{
    private const string Columns = """
        select person.id, person.user_name, person.display_name, creator.bio, creator.is_private, creator.banned_from_posting_at is not null as is_banned,
          (select count(*) from consent where consent.person_id = person.id and consent.ended_at is null) as app_count
        from person join creator on creator.person_id = person.id
        """;

    /// <summary>Those whom apps may act for come first.</summary>
    public Task<IReadOnlyList<AccountView>> ListAsync(string? search, int atMost, CancellationToken aborted) => database.ReadAsync(session => session.ListAsync<AccountView>(
        Columns + " where person.user_name like @pattern order by app_count desc, person.user_name limit @atMost", new { pattern = Pattern(search), atMost }), aborted);

    public Task<AccountView?> FindAsync(string userName, CancellationToken aborted) => database.ReadAsync(session => session.FirstAsync<AccountView>(
        Columns + " where person.user_name = @name", new { name = Name(userName) }), aborted);

    public Task<IReadOnlyList<ConnectedApp>> AppsAsync(AccountView account, CancellationToken aborted) => connected.ListAsync(account.Id, aborted);

    /// <summary>Ends the access of one app, or of all.</summary>
    /// <param name="reason">TikTok's (§6.3). What a person does on the settings page is 1.</param>
    /// <returns>How many apps lost their access.</returns>
    public async Task<int> RemoveAccessAsync(HttpContext http, AccountView account, string? consentId, EndReason reason)
    {
        var wanted = (await connected.ListAsync(account.Id, http.RequestAborted)).Where(app => consentId is null || app.Id == consentId).ToList();
        foreach (var app in wanted)
            await (reason is EndReason.Person ? connected.RemoveAsync(http, account.Id, app.Id) : database.WriteAsync(session => consents.EndAsync(session, app.Id, reason, clock.GetUtcNow())));
        return wanted.Count;
    }

    public async Task<DeedProblem?> RenameAsync(HttpContext http, AccountView account, string? userName, string? displayName)
    {
        if (displayName is not null && await profiles.SaveAsync(http, account.Id, new ProfileForm { DisplayName = displayName, Bio = account.Bio, IsPrivate = account.IsPrivate }) is not null)
            return DeedProblem.DisplayName;
        if (userName is null)
            return null;
        var name = Name(userName);
        if (!SignUpRule.IsUserName(name))
            return DeedProblem.UserName;
        return await database.WriteAsync(session => session.RunAsync(
            "update person set user_name = @name where id = @Id and not exists (select 1 from person other where other.user_name = @name and other.id <> @Id)", new { name, account.Id }), http.RequestAborted) == 1
            ? null
            : DeedProblem.Taken;
    }

    public Task HideAsync(HttpContext http, AccountView account, bool isPrivate) =>
        profiles.SaveAsync(http, account.Id, new ProfileForm { DisplayName = account.DisplayName, Bio = account.Bio, IsPrivate = isPrivate });

    /// <summary>The account may not post, and every app loses its access with TikTok's reason for it.</summary>
    public Task BanAsync(AccountView account, CancellationToken aborted) => database.WriteAsync(async session =>
    {
        var now = clock.GetUtcNow();
        await session.RunAsync("update creator set banned_from_posting_at = coalesce(banned_from_posting_at, cast(@now as bigint)) where person_id = @Id", new { account.Id, now });
        foreach (var consent in await session.ListAsync<string>("select id from consent where person_id = @Id and ended_at is null", new { account.Id }))
            await consents.EndAsync(session, consent, EndReason.Banned, now);
    }, aborted);

    /// <summary>Posting alone is forbidden, and apps keep their access; or neither is any more.</summary>
    public Task ForbidPostingAsync(AccountView account, bool isForbidden, CancellationToken aborted) => database.WriteAsync(session => session.RunAsync(
        "update creator set banned_from_posting_at = case when @isForbidden then coalesce(banned_from_posting_at, cast(@now as bigint)) end where person_id = @Id",
        new { account.Id, isForbidden, now = clock.GetUtcNow() }), aborted);

    public Task DeleteAsync(AccountView account, Texts texts, CancellationToken aborted) => deletion.ForAsync(account.Id, texts, aborted);

    private static string Name(string userName) => userName.Trim().TrimStart('@').ToLowerInvariant();

    // Names hold letters, digits, dots and underscores; what else is typed finds nobody.
    private static string Pattern(string? search) => "%" + string.Concat(Name(search ?? "").Where(letter => char.IsAsciiLetterOrDigit(letter) || letter == '.')) + "%";
}

internal enum DeedProblem { UserName, DisplayName, Taken }

/// <summary>An account as the console sees it.</summary>
public sealed record AccountView
{
    public string Id { get; init; } = "";
    public string UserName { get; init; } = "";
    public string DisplayName { get; init; } = "";
    public string Bio { get; init; } = "";
    public bool IsPrivate { get; init; }
    public bool IsBanned { get; init; }
    public long AppCount { get; init; }
}
