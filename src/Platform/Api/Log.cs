namespace Holdfast.Platform.Api;

internal static partial class Log
{
    [LoggerMessage(LogLevel.Error, "The API at {Path} failed")]
    public static partial void Failed(this ILogger logger, Exception failure, string path);
}
