namespace Holdfast.Storage.Work;

internal static partial class Log
{
    [LoggerMessage(LogLevel.Error, "Due work on {Topic} failed and will be tried again")]
    public static partial void Failed(this ILogger logger, Exception failure, string topic);
}
