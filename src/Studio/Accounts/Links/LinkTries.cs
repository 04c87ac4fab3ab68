using System.Security.Cryptography;
using System.Text;
using Holdfast.People.Sessions;
using Holdfast.Storage;

namespace Holdfast.Studio.Accounts.Links;

/// <summary>Counts what strangers ask of links, by network and minute: rows on the injected clock, so the limit holds on every node.</summary>
internal sealed class LinkTries(Database database, TimeProvider clock)
{
    public const long PerMinute = 30;

    /// <summary>Counts a try; <c>false</c> when there were too many this minute.</summary>
    public async Task<bool> TryAsync(HttpContext http)
    {
        var minute = clock.GetUtcNow().ToUnixTimeSeconds() / 60;
        // Addresses are nobody's business for longer than they count.
        var network = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Network.Of(SessionCookie.Address(http)))))[..32];
        return await database.WriteAsync(async session =>
        {
            await session.RunAsync("delete from client_link_try where minute < @minute", new { minute });
            return await session.FirstAsync<long>("""
                insert into client_link_try (network, minute, tries) values (@network, @minute, 1)
                on conflict (network, minute) do update set tries = client_link_try.tries + 1 returning tries
                """, new { network, minute }) <= PerMinute;
        }, http.RequestAborted);
    }
}
