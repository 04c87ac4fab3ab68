namespace Holdfast.Studio.Accounts.Profile;

internal static partial class Log
{
    [LoggerMessage(LogLevel.Information, "Looking at {Connection} was refused: {Code} (log_id {LogId})")]
    public static partial void LookRefused(this ILogger logger, string connection, string code, string? logId);

    [LoggerMessage(LogLevel.Information, "Looking at {Connection} was not answered: {Detail} (log_id {LogId})")]
    public static partial void LookUnanswered(this ILogger logger, string connection, string detail, string? logId);

    [LoggerMessage(LogLevel.Error, "The stored tokens of {Connection} cannot be opened; nothing was deleted")]
    public static partial void CannotLook(this ILogger logger, Exception failure, string connection);
}
