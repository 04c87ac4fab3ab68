namespace Holdfast.Platform.Posting;

internal static partial class Log
{
    [LoggerMessage(LogLevel.Information, "Upload {Upload}: the chunk at {First} was cut short; the client may send it again")]
    public static partial void ChunkCutShort(this ILogger logger, string upload, long first);

    [LoggerMessage(LogLevel.Error, "Upload {Upload}: the chunk at {First} could not be written")]
    public static partial void ChunkNotWritten(this ILogger logger, Exception failure, string upload, long first);

    [LoggerMessage(LogLevel.Information, "Upload {Upload} is published as video {Video}")]
    public static partial void Published(this ILogger logger, string upload, string video);

    [LoggerMessage(LogLevel.Information, "Upload {Upload} failed: {Reason}")]
    public static partial void NotPublished(this ILogger logger, string upload, string reason);

    [LoggerMessage(LogLevel.Information, "Upload {Upload} could not be fetched: {Why}")]
    public static partial void NotFetched(this ILogger logger, string upload, string why);

    [LoggerMessage(LogLevel.Warning, "No still could be taken from {Blob}; its cover is drawn")]
    public static partial void NoStill(this ILogger logger, Exception? failure, string blob);
}
