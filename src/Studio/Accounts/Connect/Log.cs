namespace Holdfast.Studio.Accounts.Connect;

internal static partial class Log
{
    [LoggerMessage(LogLevel.Warning, "A callback was refused: its state was not given out to this session. TikTok was not asked")]
    public static partial void ForeignCallback(this ILogger logger);

    [LoggerMessage(LogLevel.Warning, "The answer to attempt {Attempt} does not come from {Issuer}, where it was sent. Nothing was exchanged")]
    public static partial void OtherPlatform(this ILogger logger, string attempt, string? issuer);

    [LoggerMessage(LogLevel.Information, "Connected {Connection} (log_id {LogId})")]
    public static partial void Connected(this ILogger logger, string connection, string? logId);

    [LoggerMessage(LogLevel.Warning, "Attempt {Attempt} ended as {Status}: {Error} (log_id {LogId})")]
    public static partial void NotConnected(this ILogger logger, string attempt, string status, string? error, string? logId);

    [LoggerMessage(LogLevel.Error, "Attempt {Attempt} broke on our side")]
    public static partial void ConnectFailed(this ILogger logger, Exception failure, string attempt);

    [LoggerMessage(LogLevel.Warning, "The first look at {Connection} failed; it is looked at again soon")]
    public static partial void LookFailed(this ILogger logger, Exception failure, string connection);
}
