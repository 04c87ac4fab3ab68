using System.Net;
using Holdfast.People.Activity;
using Holdfast.People.Passwords;
using Holdfast.People.SignIn;
using Holdfast.Storage;

namespace Holdfast.Specs.People;

/// <summary>Somebody who tries to sign in, from an address.</summary>
internal static class Caller
{
    public static HttpContext From(string address) => new DefaultHttpContext { Connection = { RemoteIpAddress = IPAddress.Parse(address) } };

    public static PasswordSignIn SignIn(Database database, PasswordHashes hashes, TestClock clock) =>
        new(database, hashes, new ActivityLog(database, new Ulids(clock, new SystemSecrets()), clock), clock);
}
