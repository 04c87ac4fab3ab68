using Holdfast.People.Account;
using Holdfast.People.Activity;
using Holdfast.People.Email;
using Holdfast.People.Letters;
using Holdfast.People.Passkeys;
using Holdfast.People.Passwords;
using Holdfast.People.SecondFactor;
using Holdfast.People.Sessions;
using Holdfast.People.SignIn;
using Holdfast.Storage.Work;
using Microsoft.AspNetCore.Identity;

namespace Holdfast.People;

public static class PeopleRegistration
{
    /// <summary>Sign-in with server-side sessions. Every endpoint is open unless it says <c>RequireAuthorization()</c>.</summary>
    /// <param name="signInPath">Where a browser without a session is sent, with <c>next</c>; the second factor is asked for at <c>/code</c> below it.</param>
    public static IServiceCollection AddPeople(this IServiceCollection services, string signInPath)
    {
        services.AddSingleton(_ => new PasswordHashes()).AddSingleton<PeopleStore>().AddSingleton<PasswordSignIn>();
        services.AddSingleton<SessionStore>().AddSingleton<SessionCookie>().AddSingleton<ActivityLog>();
        services.AddSingleton(new SignInPaths(signInPath)).AddSingleton<FinishSignIn>().AddSecondFactor().AddPasskeys();
        services.AddLetters();
        services.AddSingleton<NewPassword>().AddSingleton<ChangePassword>().AddSingleton<ResetPassword>();
        services.AddSingleton<DeleteAccount>().AddDueWork<RemoveBlobs>().AddDueWork<TidyActivity>();
        services.AddAuthentication("session").AddScheme<SessionAuthenticationOptions, SessionAuthentication>("session", options => options.SignInPath = signInPath);
        services.AddAuthorization();
        return services;
    }

    private static IServiceCollection AddSecondFactor(this IServiceCollection services) => services
        .AddSingleton<AuthenticatorApps>().AddSingleton<RecoveryCodes>().AddSingleton<CodeCheck>().AddSingleton<Factors>().AddSingleton<SignInSteps>()
        .AddSingleton<ICredentialListener, EndSignInsUnderWay>().AddSingleton<CredentialChange>().AddSingleton<ChangeFactors>().AddSingleton<Proof>();

    private static void AddPasskeys(this IServiceCollection services)
    {
        services.AddSingleton<PasskeyPlace>().AddSingleton<PasskeyTable>().AddSingleton<PasskeyChallenges>().AddScoped<PasskeyCeremonies>();
        services.AddIdentityCore<PasskeyUser>();
        services.AddScoped<IUserStore<PasskeyUser>, PasskeyUsers>().AddScoped<IPasskeyHandler<PasskeyUser>, PasskeyHandler<PasskeyUser>>();
        services.ConfigureOptions<PasskeyRules>();
    }

    /// <summary>Letters, and what is done by the codes in them.</summary>
    private static void AddLetters(this IServiceCollection services)
    {
        services.AddOptions<MailOptions>().BindConfiguration("Mail").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<LetterBox>().AddSingleton<IMailCarrier, Smtp>().AddDueWork<SendLetters>();
        services.AddSingleton<EmailCodes>().AddSingleton<CodeCookie>().AddSingleton<EmailSignIn>().AddSingleton<ChangeEmail>();
    }
}
