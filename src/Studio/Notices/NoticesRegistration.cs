namespace Holdfast.Studio.Notices;

internal static class NoticesRegistration
{
    public static void AddNotices(this IServiceCollection services)
    {
        services.AddSingleton<NoticeQueue>();
    }
}
