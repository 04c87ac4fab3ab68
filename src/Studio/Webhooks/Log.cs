using System.Net;
using Holdfast.TikTok.Webhooks;

namespace Holdfast.Studio.Webhooks;

internal static partial class Log
{
    [LoggerMessage(LogLevel.Information, "TikTok told of {Event} at {HappenedAt}: {Outcome}")]
    public static partial void Heard(this ILogger logger, string @event, string outcome, DateTimeOffset happenedAt);

    [LoggerMessage(LogLevel.Warning, "A webhook from {Address} was turned away: its signature is {Verdict}. If TikTok sent it, the client secret here is not the app's")]
    public static partial void NotSigned(this ILogger logger, SignatureVerdict verdict, IPAddress? address);

    [LoggerMessage(LogLevel.Warning, "A signed webhook was no event of this app and was passed over")]
    public static partial void NotForUs(this ILogger logger);
}
