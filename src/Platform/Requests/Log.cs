namespace Holdfast.Platform.Requests;

internal static partial class Log
{
    [LoggerMessage(LogLevel.Warning, "The request log could not keep up and dropped {Calls} calls")]
    public static partial void Dropped(this ILogger logger, long calls);
}
