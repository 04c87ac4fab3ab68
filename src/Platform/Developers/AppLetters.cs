using Holdfast.People.Letters;
using Holdfast.Shell.Language;
using Holdfast.Storage;

namespace Holdfast.Platform.Developers;

/// <summary>Tells an app's owner, or the admins of its organization, what weighs (attack case 93); in the transaction in which it happens.</summary>
internal sealed class AppLetters(LetterBox letters, TextTable texts)
{
    private static readonly TimeSpan News = TimeSpan.FromDays(1);

    private const string Recipients = """
        select person.email as address, person.user_name, app.name as app_name from app join person on case when app.organization_id is null then person.id = app.owner_id else exists (
          select 1 from organization_member where organization_id = app.organization_id and person_id = person.id and role = 'admin') end
        where app.id = @appId and person.email is not null
        """;

    /// <param name="key">Names the words under <c>letter.…</c> in Texts.json: {0} the app's name, {1} the reader's user name, {2} <paramref name="what"/>.</param>
    public async Task AddAsync(Session session, string appId, string key, string what = "")
    {
        foreach (var reader in await session.ListAsync<Reader>(Recipients, new { appId }))
            await AddAsync(session, reader.Address, key, reader.AppName, reader.UserName, what);
    }

    /// <param name="isRead"><c>false</c> does the same work and writes to nobody: so that time does not tell whether there is somebody.</param>
    public Task AddAsync(Session session, string to, string key, string name, string userName, string what, bool isRead = true) => letters.AddAsync(session, new Letter(
        to, string.Format(System.Globalization.CultureInfo.InvariantCulture, texts.Find($"developers.letter.{key}.subject"), OneLine(name)),
        string.Format(System.Globalization.CultureInfo.InvariantCulture, texts.Find($"developers.letter.{key}.body"), OneLine(name), userName, what), News), isRead);

    private static string OneLine(string text) => text.ReplaceLineEndings(" ");

    private sealed record Reader
    {
        public string Address { get; init; } = "";
        public string UserName { get; init; } = "";
        public string AppName { get; init; } = "";
    }
}
