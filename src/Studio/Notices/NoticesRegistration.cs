using Holdfast.Shell.Outside;
using Holdfast.Storage.Work;
using Holdfast.Studio.Notices.Endings;
using Holdfast.Studio.Notices.Hooks;
using Holdfast.Studio.Notices.Pages;

namespace Holdfast.Studio.Notices;

internal static class NoticesRegistration
{
    public static void AddNotices(this IServiceCollection services)
    {
        services.AddSingleton<NoticeQueue>().AddSingleton<ConnectionNotices>().AddSingleton<PostNotices>();
        services.AddSingleton<NoticeStore>().AddSingleton<NoticeSettings>().AddScoped<Settings.MemberPages>();
        services.AddOutside("Studio:Outside");
        services.AddSingleton<HookStore>().AddSingleton<IHookCaller, HookCaller>();
        services.AddDueWork<TellDue>();
        services.AddDueWork<WriteLetters>();
        services.AddDueWork<CallHooks>();
        services.AddDueWork<EndingDue>();
        services.AddDueWork<TidyNotices>();
    }

    public static void MapNotices(this IEndpointRouteBuilder routes)
    {
        NoticeEndpoints.Map(routes);
    }
}
