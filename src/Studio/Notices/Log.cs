namespace Holdfast.Studio.Notices;

internal static partial class Log
{
    [LoggerMessage(LogLevel.Error, "The letter for delivery {Delivery} could not be written; others go first for a while")]
    public static partial void NotWritten(this ILogger logger, Exception failure, string delivery);

    [LoggerMessage(LogLevel.Error, "What has to be told of {Row} could not be; others go first for a while")]
    public static partial void NotTold(this ILogger logger, Exception failure, string row);
}
