using System.Net;
using Holdfast.TikTok.Webhooks;

namespace Holdfast.Studio.Webhooks;

internal static partial class Log
{
    [LoggerMessage(LogLevel.Information, "TikTok told of {Event} at {HappenedAt}: {Outcome}")]
    public static partial void Heard(this ILogger logger, string @event, string outcome, DateTimeOffset happenedAt);

    [LoggerMessage(LogLevel.Warning, "Webhooks turned away since this was last said: {Count}, the latest from {Address} because its signature is {Verdict}. If TikTok sent it, the client secret here is not the app's")]
    public static partial void NotSigned(this ILogger logger, long count, SignatureVerdict verdict, IPAddress? address);

    [LoggerMessage(LogLevel.Warning, "Webhooks turned away since this was last said: {Count}, the latest from {Address}. It is TikTok's and the client secret here is right, but by this machine's clock it was signed more than four days ago or more than an hour from now: look at the clock")]
    public static partial void Stale(this ILogger logger, long count, IPAddress? address);

    [LoggerMessage(LogLevel.Warning, "A signed webhook was no event of this app and was passed over")]
    public static partial void NotForUs(this ILogger logger);
}
