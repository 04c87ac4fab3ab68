using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Holdfast.People.Activity;
using Holdfast.People.Letters;
using Holdfast.People.Sessions;
using Holdfast.Storage;

namespace Holdfast.People.Email;

/// <summary>Six-digit codes in letters: good once, for ten minutes, for five tries, and only in the browser that asked.</summary>
public sealed class EmailCodes(Database database, LetterBox letters, ActivityLog activity, ISecretSource secrets, TimeProvider clock)
{
    public static readonly TimeSpan GoodFor = TimeSpan.FromMinutes(10);

    public const int MostTries = 5;

    /// <summary>Letters of one purpose to one account in an hour; asking more often answers alike and sends nothing.</summary>
    public const int MostLettersAnHour = 5;

    /// <summary>Askings from one address in a quarter of an hour.</summary>
    public const int MostAskings = 20;

    private static readonly TimeSpan AskingsFor = TimeSpan.FromMinutes(15);

    private static readonly Recipient Nobody = new() { Address = "nobody@example.invalid" };

    /// <summary>Writes a code to whoever <paramref name="find"/> finds. The answer, and the work, are the same when there is nobody.</summary>
    /// <returns>The handle for the asking browser; <c>null</c> when this address asks too often.</returns>
    public Task<string?> AskAsync(HttpContext http, CodePurpose purpose, Func<Session, Task<Recipient?>> find, Func<Recipient, FreshCode, Letter> write)
    {
        var handle = Secret();
        var fresh = new FreshCode((BitConverter.ToUInt64(secrets.Bytes(8)) % 1_000_000).ToString("D6", CultureInfo.InvariantCulture), Secret());
        var now = clock.GetUtcNow();
        var askedFrom = Digest(Network.Of(SessionCookie.Address(http)));
        return database.WriteAsync(async session =>
        {
            await session.OneAtATimeAsync("email-code-from:" + askedFrom); // askings at once are counted one after the other
            await session.RunAsync("delete from email_code where made_at < @before", new { before = now - TimeSpan.FromDays(1) });
            if (await session.FirstAsync<long>("select count(*) from email_code where asked_from = @askedFrom and made_at > @since", new { askedFrom, since = now - AskingsFor }) >= MostAskings)
                return null;

            var found = await find(session);
            await session.OneAtATimeAsync("email-code-of:" + found?.PersonId);
            var written = await session.FirstAsync<long>("select count(*) from email_code where person_id = @person and purpose = @purpose and made_at > @since",
                new { person = found?.PersonId ?? "", purpose = purpose.ToString(), since = now - TimeSpan.FromHours(1) });
            var goes = found is not null && written < MostLettersAnHour;
            await session.RunAsync("""
                insert into email_code (handle_digest, purpose, person_id, address, code_digest, link_digest, asked_from, made_at, expires_at)
                values (@handle, @purpose, @person, @address, @code, @link, @askedFrom, @now, @expires)
                """, new
            {
                handle = Digest(handle),
                purpose = purpose.ToString(),
                person = goes ? found!.PersonId : null, // goes said there is one
                address = goes ? found!.Address : "",
                // Without a letter nobody was told a code, and none fits.
                code = goes ? Digest(handle + fresh.Code) : Digest(Secret()),
                link = goes ? Digest(fresh.Link) : Digest(Secret()),
                askedFrom,
                now,
                expires = now + GoodFor,
            });
            await letters.AddAsync(session, write(found ?? Nobody, fresh), goes);
            await activity.AddAsync(session, http, goes ? found!.PersonId : "", ActivityKind.CodeAsked, purpose.ToString()); // goes said there is one
            return handle;
        }, http.RequestAborted);
    }

    /// <summary>Takes a code, once. Call it in the transaction in which the code does what it is for.</summary>
    /// <returns>Whose it is; <c>null</c> for a wrong, used or expired code, and the try is counted.</returns>
    public async Task<Recipient?> RedeemAsync(Session session, CodePurpose purpose, string handle, string code)
    {
        var parameters = new { handle = Digest(handle), purpose = purpose.ToString(), code = Digest(handle + code.Replace(" ", "", StringComparison.Ordinal)), now = clock.GetUtcNow(), most = MostTries };
        // The try is counted before the code is looked at: parallel guesses cannot outrun it.
        if (await session.RunAsync("update email_code set tries = tries + 1 where handle_digest = @handle and purpose = @purpose and used_at is null and expires_at > @now and tries < @most", parameters) == 0)
            return null;
        return await session.FirstAsync<Recipient>("update email_code set used_at = @now where handle_digest = @handle and code_digest = @code and used_at is null and person_id is not null returning person_id, address", parameters);
    }

    /// <summary>Whose code this browser asked for, if anybody's.</summary>
    internal static Task<string?> AskedForAsync(Session session, CodePurpose purpose, string handle) =>
        session.FirstAsync<string>("select person_id from email_code where handle_digest = @handle and purpose = @purpose and person_id is not null", new { handle = Digest(handle), purpose = purpose.ToString() });

    /// <summary>Takes the long token of a letter's link instead of its code.</summary>
    public Task<Recipient?> RedeemLinkAsync(Session session, CodePurpose purpose, string link) => session.FirstAsync<Recipient>("""
        update email_code set used_at = @now
        where link_digest = @link and purpose = @purpose and used_at is null and expires_at > @now and person_id is not null
        returning person_id, address
        """, new { link = Digest(link), purpose = purpose.ToString(), now = clock.GetUtcNow() });

    private string Secret() => Base64Url.EncodeToString(secrets.Bytes(32));

    private static string Digest(string value) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(value)));
}

/// <summary>Whom a code goes to.</summary>
public sealed record Recipient
{
    public string PersonId { get; init; } = "";

    public string Address { get; init; } = "";

    /// <summary>The address belongs to another account already: it gets a letter that says so, without a code.</summary>
    public bool BelongsToAnother { get; init; }
}

/// <summary>What a letter carries.</summary>
public sealed record FreshCode(string Code, string Link)
{
    public override string ToString() => "FreshCode(redacted)";
}
