using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Holdfast.Storage.Blobs;
using Microsoft.Extensions.Options;

namespace Holdfast.Platform.Posting;

/// <summary>Takes a still from a video where ffmpeg is there; where it is not, the page draws a cover instead.</summary>
internal sealed class Covers(IGrowingBlobStore blobs, TimeProvider clock, IOptions<PostingOptions> options, ILogger<Covers> log)
{
    private const long LargestStill = 8 * 1024 * 1024;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);

    /// <summary>Stores a JPEG and gives its key; <c>null</c> when no still could be taken.</summary>
    public async Task<string?> TakeAsync(Upload upload, string contentType, TimeSpan? duration, CancellationToken stopping)
    {
        if (options.Value.Ffmpeg.Length == 0 || blobs.LocalPath(upload.BlobKey) is not { } path)
            return null;

        // A moment outside the video is invalid, and invalid is the first frame (§5.3).
        var at = TimeSpan.FromMilliseconds(upload.CoverAtMs);
        var start = new ProcessStartInfo(options.Value.Ffmpeg) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true, UseShellExecute = false };
        // The demuxer is named and only local files may be opened: an upload must not be able to make us read anything else.
        foreach (var argument in (string[])["-nostdin", "-v", "error", "-protocol_whitelist", "file,pipe", "-threads", "1", "-f", contentType == "video/webm" ? "matroska" : "mov",
            "-ss", (at < duration ? at : TimeSpan.Zero).TotalSeconds.ToString("0.000", CultureInfo.InvariantCulture), "-i", "file:" + path,
            "-frames:v", "1", "-an", "-vf", "scale='min(540,iw)':-2", "-q:v", "5", "-f", "mjpeg", "pipe:1"])
        {
            start.ArgumentList.Add(argument);
        }

        try
        {
            return await RunAsync(start, $"covers/{upload.Id}", stopping);
        }
        catch (Exception missing) when (missing is Win32Exception or IOException or OperationCanceledException)
        {
            stopping.ThrowIfCancellationRequested();
            log.NoStill(missing, upload.BlobKey);
            return null;
        }
    }

    private async Task<string?> RunAsync(ProcessStartInfo start, string key, CancellationToken stopping)
    {
        using var limit = new CancellationTokenSource(Longest, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stopping);
        using var ffmpeg = Process.Start(start) ?? throw new IOException("ffmpeg did not start.");
        try
        {
            ffmpeg.StandardInput.Close();
            var errors = ffmpeg.StandardError.ReadToEndAsync(either.Token);
            var written = await blobs.WriteAsync(key, ffmpeg.StandardOutput.BaseStream, LargestStill, either.Token);
            await errors;
            await ffmpeg.WaitForExitAsync(either.Token);
            if (ffmpeg.ExitCode == 0 && written > 0)
                return key;
        }
        finally
        {
            if (!ffmpeg.HasExited)
                ffmpeg.Kill();
        }
        await blobs.DeleteAsync(key);
        log.NoStill(null, key);
        return null;
    }
}
