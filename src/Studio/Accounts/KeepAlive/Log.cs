namespace Holdfast.Studio.Accounts.KeepAlive;

internal static partial class Log
{
    [LoggerMessage(LogLevel.Information, "Renewal of {Connection}: {Outcome}, now {State}, next at {RenewAt}")]
    public static partial void Decided(this ILogger logger, string connection, string outcome, string state, DateTimeOffset? renewAt);

    [LoggerMessage(LogLevel.Warning, "The renewal of {Connection} came back after its claim had passed to somebody newer; its answer is dropped")]
    public static partial void CameTooLate(this ILogger logger, string connection);

    [LoggerMessage(LogLevel.Error, "The renewal of {Connection} was answered for another account (log_id {LogId}); nothing was saved")]
    public static partial void AnotherAccountAnswered(this ILogger logger, string connection, string? logId);

    [LoggerMessage(LogLevel.Error, "The stored tokens of {Connection} cannot be opened; nothing was deleted")]
    public static partial void CannotOpen(this ILogger logger, Exception failure, string connection);

    [LoggerMessage(LogLevel.Warning, "Saving the new tokens of {Connection} failed (try {Tries}) and is tried again: this process holds their only copy")]
    public static partial void WillSaveAgain(this ILogger logger, Exception failure, string connection, int tries);

    [LoggerMessage(LogLevel.Error, "The new tokens of {Connection} are lost: the database did not take them for {Held} ({Tries} tries). The account may have to be signed in again")]
    public static partial void PairLost(this ILogger logger, Exception failure, string connection, TimeSpan held, int tries);

    [LoggerMessage(LogLevel.Error, "New tokens of {Connection} (log_id {LogId}) are dropped: its claim had passed to somebody newer before they could be saved")]
    public static partial void PairDropped(this ILogger logger, string connection, string? logId);

    [LoggerMessage(LogLevel.Warning, "This machine's clock is off by {Skew} against TikTok's: set it, renewals are planned around it meanwhile")]
    public static partial void ClockIsOff(this ILogger logger, TimeSpan skew);

    [LoggerMessage(LogLevel.Warning, "An app problem stands in the way of every account: {Cause} (log_id {LogId})")]
    public static partial void IncidentBegan(this ILogger logger, string cause, string? logId);

    [LoggerMessage(LogLevel.Information, "The app problem {Cause} is over")]
    public static partial void IncidentEnded(this ILogger logger, string cause);

    [LoggerMessage(LogLevel.Warning, "TikTok answers nobody ({Lane}): {Failures} failures since {Since}. From now on one call at a time tries; no account is touched")]
    public static partial void BreakerOpened(this ILogger logger, string lane, int failures, DateTimeOffset? since);

    [LoggerMessage(LogLevel.Information, "TikTok answers again ({Lane}), after {Probes} tries in {Lasted}; what has waited goes on at its pace")]
    public static partial void BreakerClosed(this ILogger logger, string lane, int probes, TimeSpan? lasted);

    [LoggerMessage(LogLevel.Warning, "The database had come to {Was} and is back at {Is}: it was restored from a backup. Every connection is checked, and posts due since then wait for a person")]
    public static partial void BackupRestored(this ILogger logger, DateTimeOffset was, DateTimeOffset @is);

    [LoggerMessage(LogLevel.Warning, "How far the database has come cannot be noted beside it, so a restored backup would not be noticed")]
    public static partial void CannotMark(this ILogger logger, Exception failure);
}
