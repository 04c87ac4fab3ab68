using Holdfast.Shell.Hosting;
using Holdfast.Storage.Blobs;
using Holdfast.Storage.Blobs.S3;
using Holdfast.Storage.Work;

namespace Holdfast.Studio.Media;

internal static class MediaRegistration
{
    public static void AddMedia(this IServiceCollection services)
    {
        services.AddSingleton<IBlobStore>(OpenStore);
        services.AddSingleton<Samples>().AddSingleton<MediaStore>().AddSingleton<MediaFiles>().AddSingleton<ReceiveVideo>();
        services.AddDueWork<SweepUploads>();
    }

    /// <summary>The bucket that is configured, else the data folder.</summary>
    /// <exception cref="StartupException">A setting makes no sense.</exception>
    private static IBlobStore OpenStore(IServiceProvider services)
    {
        var section = services.GetRequiredService<IConfiguration>().GetSection("S3");
        if (S3Options.Misread(name => section[name]) is { } misread)
            throw new StartupException(misread);
        var options = section.Get<S3Options>() ?? new();
        if (!options.IsConfigured)
            return services.GetRequiredService<IGrowingBlobStore>();
        return options.Problem is { } problem ? throw new StartupException(problem) : new S3BlobStore(options, services.GetRequiredService<TimeProvider>());
    }
}
