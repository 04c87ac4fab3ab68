using Holdfast.Storage.Work;
using Holdfast.Studio.Accounts.Audience;
using Holdfast.Studio.Accounts.Connect;
using Holdfast.Studio.Accounts.KeepAlive;
using Holdfast.Studio.Accounts.Pages;
using Holdfast.Studio.Accounts.Profile;
using Holdfast.Studio.Accounts.SignInAgain;
using Holdfast.Studio.Accounts.Timeline;
using Holdfast.Studio.Accounts.Tokens;
using Holdfast.TikTok;

namespace Holdfast.Studio.Accounts;

internal static class AccountsRegistration
{
    public static void AddAccounts(this IServiceCollection services)
    {
        services.AddSingleton<TokenPair>().AddSingleton<AccessTokens>();
        services.AddSingleton(_ => new TikTokWire(TikTokHttp.CreateHandler())).AddSingleton<StudioTikTok>();
        services.AddSingleton<ConnectionStore>().AddSingleton<TimelineStore>();
        services.AddOptions<KeepAliveOptions>().BindConfiguration("KeepAlive").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<RenewConnection>().AddSingleton<IncidentStore>().AddSingleton<BreakerStore>().AddSingleton<ClockStore>().AddSingleton<RestoredBackup>().AddSingleton<UserCap>();
        services.AddSingleton<IConnectionListener, HealIncidents>();
        services.AddSingleton<AttemptStore>().AddSingleton<StartConnect>().AddSingleton<CompleteConnect>().AddSingleton<SaveConnection>().AddSingleton<OtherAccount>();
        services.AddSingleton<Pictures>().AddSingleton<ProfileStore>().AddSingleton<ReadProfile>().AddSingleton<ReadAudience>().AddSingleton<Disconnect>();
        services.AddSingleton<MoveAccounts>().AddSingleton<MovedAccount>();
        services.AddDueWork<RenewDue>();
        services.AddDueWork<LookDue>();
        services.AddDueWork<WatchInstallation>();
    }

    public static void MapAccounts(this IEndpointRouteBuilder routes)
    {
        StartConnect.Map(routes);
        Callback.Map(routes);
        AttemptEndpoints.Map(routes);
        SignInAgainEndpoints.Map(routes);
        AccountEndpoints.Map(routes);
        AudienceEndpoints.Map(routes);
    }
}
