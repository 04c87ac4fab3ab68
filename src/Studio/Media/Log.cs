namespace Holdfast.Studio.Media;

internal static partial class Log
{
    [LoggerMessage(LogLevel.Information, "Video {Media} arrived whole; its first {Head} bytes told what it is")]
    public static partial void Received(this ILogger logger, string media, int head);
}
