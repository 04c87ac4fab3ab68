using Holdfast.Storage.Work;
using Holdfast.Studio.Accounts.KeepAlive;
using Holdfast.Studio.Accounts.Timeline;
using Holdfast.Studio.Accounts.Tokens;
using Holdfast.TikTok;

namespace Holdfast.Studio.Accounts;

internal static class AccountsRegistration
{
    public static void AddAccounts(this IServiceCollection services)
    {
        services.AddSingleton<MasterKeys>().AddSingleton<SecretSeal>().AddSingleton<TokenPair>().AddSingleton<AccessTokens>();
        services.AddSingleton(_ => new TikTokWire(TikTokHttp.CreateHandler())).AddSingleton<StudioTikTok>();
        services.AddSingleton<ConnectionStore>().AddSingleton<TimelineStore>();
        services.AddSingleton<RenewConnection>().AddSingleton<IncidentStore>();
        services.AddDueWork<RenewDue>();
    }
}
