namespace Holdfast.Platform.Tokens;

internal static partial class Log
{
    [LoggerMessage(LogLevel.Error, "The OAuth endpoint {Path} failed")]
    public static partial void Failed(this ILogger logger, Exception failure, string path);
}
