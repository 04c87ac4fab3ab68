using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace Holdfast.Shell.Hosting;

/// <summary>Keeps the keys of cookies and forms as files in the data folder. The folder is made with the first key, not with the app: doctor builds one and makes nothing.</summary>
internal sealed class CookieKeys(AppIdentity app, AppOptions options, ILoggerFactory loggers) : IXmlRepository
{
    private readonly string folder = FolderOf(app, options);

    public static string FolderOf(AppIdentity app, AppOptions options) => Path.Combine(PrivateFolder.OfKeys(options.Data), app.Name + "-cookies");

    public IReadOnlyCollection<XElement> GetAllElements() => Directory.Exists(folder) ? Files().GetAllElements() : [];

    public void StoreElement(XElement element, string friendlyName) => Files().StoreElement(element, friendlyName);

    private FileSystemXmlRepository Files()
    {
        PrivateFolder.Make(PrivateFolder.OfKeys(options.Data));
        return new FileSystemXmlRepository(PrivateFolder.Make(folder), loggers);
    }
}
