namespace Holdfast.Shell.Hosting;

internal static partial class Log
{
    [LoggerMessage(LogLevel.Warning, "Not ready: the database does not answer")]
    public static partial void NotReady(this ILogger logger, Exception failure);

    [LoggerMessage(LogLevel.Error, "{Method} {Path} failed; reference {Reference}")]
    public static partial void RequestFailed(this ILogger logger, Exception failure, string method, string path, string reference);
}
