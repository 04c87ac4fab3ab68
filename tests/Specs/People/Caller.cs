using System.Net;
using System.Security.Claims;
using Holdfast.People.Activity;
using Holdfast.People.Passwords;
using Holdfast.People.Sessions;
using Holdfast.People.SignIn;
using Holdfast.Storage;

namespace Holdfast.Specs.People;

/// <summary>Somebody who tries to sign in, from an address.</summary>
internal static class Caller
{
    public static HttpContext From(string address) => new DefaultHttpContext { Connection = { RemoteIpAddress = IPAddress.Parse(address) } };

    /// <summary>Somebody signed in, with a session of their own.</summary>
    public static async Task<HttpContext> SignedInAsync(IServiceProvider services, string personId)
    {
        var sessions = services.GetRequiredService<SessionStore>();
        var found = await sessions.FindAsync(await sessions.BeginAsync(personId, "", "192.0.2.1"));
        var http = From("192.0.2.1");
        http.RequestServices = services;
        http.User = new ClaimsPrincipal(new ClaimsIdentity([new(ClaimTypes.NameIdentifier, personId), new("user_name", found!.UserName), new("session", found.Digest)], "session")); // just begun
        return http;
    }

    public static PasswordSignIn SignIn(Database database, PasswordHashes hashes, TestClock clock) =>
        new(database, hashes, new ActivityLog(database, new Ulids(clock, new SystemSecrets()), clock), clock);
}
