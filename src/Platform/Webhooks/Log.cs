namespace Holdfast.Platform.Webhooks;

internal static partial class Log
{
    [LoggerMessage(LogLevel.Information, "The event {Event} for app {App} was not heard in {Tries} attempts and is given up")]
    public static partial void GivenUp(this ILogger logger, string @event, string app, long tries);

    [LoggerMessage(LogLevel.Error, "The secret of app {App} does not open; its events wait")]
    public static partial void SecretClosed(this ILogger logger, Exception failure, string app);
}
