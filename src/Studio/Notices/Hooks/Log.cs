namespace Holdfast.Studio.Notices.Hooks;

internal static partial class Log
{
    [LoggerMessage(LogLevel.Warning, "A member's server did not take delivery {Delivery}: {Problem}; next try at {Next}")]
    public static partial void NotTaken(this ILogger logger, string delivery, string problem, DateTimeOffset? next);

    [LoggerMessage(LogLevel.Error, "The secret for delivery {Delivery} cannot be opened; it is tried again")]
    public static partial void SecretClosed(this ILogger logger, Exception failure, string delivery);
}
