using Holdfast.Storage;

namespace Holdfast.People.External;

/// <summary>What this app itself knows about e-mails: the one place where social login and e-mail verification meet.</summary>
internal static class LocalEmail
{
    /// <summary>The account that names this e-mail, whether or not it ever proved it.</summary>
    public static Task<string?> OwnerAsync(Session session, string? email) =>
        email is null ? Task.FromResult<string?>(null) : session.FirstAsync<string>("select id from person where email = @email", new { email });

    /// <summary>A provider vouched for the e-mail of a new account: that proves it as well as a code in a letter.</summary>
    public static Task ConfirmAsync(Session session, string personId, DateTimeOffset now) =>
        session.RunAsync("update person set email_verified_at = @now where id = @personId and email is not null", new { personId, now });
}
