namespace Holdfast.People.External;

internal static partial class Log
{
    [LoggerMessage(LogLevel.Warning, "Social login with {Provider} failed ({Problem}): {Why}")]
    public static partial void ProviderFailed(this ILogger logger, string provider, ExternalProblem problem, string why);
}
