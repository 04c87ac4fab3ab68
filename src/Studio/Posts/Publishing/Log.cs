using Holdfast.Domain.Posts;

namespace Holdfast.Studio.Posts.Publishing;

internal static partial class Log
{
    [LoggerMessage(LogLevel.Information, "Post {Post} is {State}: {Cause} {Code}")]
    public static partial void Moved(this ILogger logger, string post, PostState state, string cause, string? code);

    [LoggerMessage(LogLevel.Warning, "The claim on post {Post} passed to somebody newer; what this worker knew is dropped")]
    public static partial void ClaimLost(this ILogger logger, string post);

    [LoggerMessage(LogLevel.Error, "The tokens for post {Post} cannot be opened; it waits")]
    public static partial void CannotOpen(this ILogger logger, Exception failure, string post);

    [LoggerMessage(LogLevel.Warning, "The video of post {Post} cannot be read: {Reason}")]
    public static partial void VideoMissing(this ILogger logger, string post, string reason);

    [LoggerMessage(LogLevel.Warning, "The media store does not answer, so post {Post} waits")]
    public static partial void StoreSilent(this ILogger logger, Exception failure, string post);
}
