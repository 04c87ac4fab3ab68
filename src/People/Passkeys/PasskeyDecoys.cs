using System.Security.Cryptography;
using System.Text;
using Holdfast.Shell.Sealing;
using Microsoft.AspNetCore.Identity;

namespace Holdfast.People.Passkeys;

/// <summary>Passkeys that do not exist, for accounts that have none or do not exist: the same ones whenever the same name is typed (attack case 80).</summary>
internal static class PasskeyDecoys
{
    // As long as the ids of the passkeys that people have: iCloud and Android, Windows Hello, security keys.
    private static readonly int[] Lengths = [16, 20, 32, 32];

    public static IList<UserPasskeyInfo> Of(string account, MasterKey key)
    {
        var chance = HMACSHA512.HashData(key.Bytes, Encoding.UTF8.GetBytes($"passkey|{account}"));
        var id = chance[..Lengths[chance[^1] % Lengths.Length]];
        string[] transports = chance[^2] % 2 == 0 ? ["internal"] : ["hybrid", "internal"];
        return [new UserPasskeyInfo(id, [], default, 0, transports, isUserVerified: true, isBackupEligible: true, isBackedUp: true, [], [])];
    }
}
