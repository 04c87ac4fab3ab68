using Holdfast.Storage.Work;
using Holdfast.Studio.Accounts.Audience;
using Holdfast.Studio.Accounts.Connect;
using Holdfast.Studio.Accounts.Connect.Qr;
using Holdfast.Studio.Accounts.KeepAlive;
using Holdfast.Studio.Accounts.Links;
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
        services.AddOptions<ConnectOptions>().BindConfiguration("Studio:Connect").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<WindowMarks>().AddSingleton<AttemptStore>().AddSingleton<StartConnect>().AddSingleton<CompleteConnect>().AddSingleton<SaveConnection>().AddSingleton<OtherAccount>();
        services.AddSingleton<QrStore>().AddSingleton<QrConnect>();
        services.AddSingleton<LinkStore>().AddSingleton<LinkTries>().AddSingleton<LinkUse>().AddSingleton<GuestCookie>();
        services.AddSingleton<Pictures>().AddSingleton<ProfileStore>().AddSingleton<ReadProfile>().AddSingleton<ReadAudience>().AddSingleton<Disconnect>();
        services.AddSingleton<MoveAccounts>().AddSingleton<MovedAccount>();
        services.AddDueWork<RenewDue>();
        services.AddDueWork<LookDue>();
        services.AddDueWork<TidyTimeline>();
        services.AddDueWork<TidyIncidents>();
        services.AddDueWork<WatchInstallation>();
    }

    public static void MapAccounts(this IEndpointRouteBuilder routes)
    {
        StartConnect.Map(routes);
        Callback.Map(routes);
        AttemptEndpoints.Map(routes);
        SignInAgainEndpoints.Map(routes);
        QrEndpoints.Map(routes);
        LinkEndpoints.Map(routes);
        GuestEndpoints.Map(routes);
        AccountEndpoints.Map(routes);
        AudienceEndpoints.Map(routes);
        TimelineExport.Map(routes);
    }
}
