namespace Holdfast.People.Letters;

internal static partial class Log
{
    [LoggerMessage(LogLevel.Warning, "The mail server did not take letter {Letter}: {Reason}; it is tried again: {Again}")]
    public static partial void NotTaken(this ILogger logger, string letter, string reason, bool again);

    [LoggerMessage(LogLevel.Error, "Letter {Letter} could not be handed over")]
    public static partial void NotHandedOver(this ILogger logger, Exception failure, string letter);
}
