using Holdfast.People.Activity;
using Holdfast.People.Passwords;
using Holdfast.People.Sessions;
using Holdfast.People.SignIn;

namespace Holdfast.People;

public static class PeopleRegistration
{
    /// <summary>Sign-in with server-side sessions. Every endpoint is open unless it says <c>RequireAuthorization()</c>.</summary>
    /// <param name="signInPath">Where a browser without a session is sent, with <c>next</c>.</param>
    public static IServiceCollection AddPeople(this IServiceCollection services, string signInPath)
    {
        services.AddSingleton<PasswordHashes>().AddSingleton<PeopleStore>().AddSingleton<PasswordSignIn>();
        services.AddSingleton<SessionStore>().AddSingleton<SessionCookie>().AddSingleton<ActivityLog>().AddSingleton<FinishSignIn>();
        services.AddAuthentication("session").AddScheme<SessionAuthenticationOptions, SessionAuthentication>("session", options => options.SignInPath = signInPath);
        services.AddAuthorization();
        return services;
    }
}
