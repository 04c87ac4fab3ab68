using Holdfast.People.Account;
using Holdfast.People.Activity;
using Holdfast.People.Email;
using Holdfast.People.Letters;
using Holdfast.People.Passwords;
using Holdfast.People.Sessions;
using Holdfast.People.SignIn;
using Holdfast.Storage.Work;

namespace Holdfast.People;

public static class PeopleRegistration
{
    /// <summary>Sign-in with server-side sessions. Every endpoint is open unless it says <c>RequireAuthorization()</c>.</summary>
    /// <param name="signInPath">Where a browser without a session is sent, with <c>next</c>.</param>
    public static IServiceCollection AddPeople(this IServiceCollection services, string signInPath)
    {
        services.AddSingleton<PasswordHashes>().AddSingleton<PeopleStore>().AddSingleton<PasswordSignIn>();
        services.AddSingleton<SessionStore>().AddSingleton<SessionCookie>().AddSingleton<ActivityLog>().AddSingleton<FinishSignIn>();
        services.AddLetters();
        services.AddSingleton<NewPassword>().AddSingleton<ChangePassword>().AddSingleton<ResetPassword>();
        services.AddSingleton<DeleteAccount>().AddDueWork<RemoveBlobs>();
        services.AddAuthentication("session").AddScheme<SessionAuthenticationOptions, SessionAuthentication>("session", options => options.SignInPath = signInPath);
        services.AddAuthorization();
        return services;
    }

    /// <summary>Letters, and what is done by the codes in them.</summary>
    private static void AddLetters(this IServiceCollection services)
    {
        services.AddOptions<MailOptions>().BindConfiguration("Mail").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<LetterBox>().AddSingleton<Smtp>().AddDueWork<SendLetters>();
        services.AddSingleton<EmailCodes>().AddSingleton<CodeCookie>().AddSingleton<EmailSignIn>().AddSingleton<ChangeEmail>();
    }
}
