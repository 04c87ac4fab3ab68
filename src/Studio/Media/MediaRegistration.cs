using Holdfast.Storage.Work;

namespace Holdfast.Studio.Media;

internal static class MediaRegistration
{
    public static void AddMedia(this IServiceCollection services)
    {
        services.AddSingleton<Samples>().AddSingleton<MediaStore>().AddSingleton<MediaFiles>().AddSingleton<ReceiveVideo>();
        services.AddDueWork<SweepUploads>();
    }
}
