using System.Diagnostics;
using Holdfast.Journeys.Stage;
using Microsoft.Playwright;

namespace Holdfast.Journeys.Audit;

/// <summary>Writes what a person sees as a video, with a caption per scene. Without a file it is as quick as if it were not there.</summary>
/// <remarks>Chromium sends pictures (DevTools: Page.startScreencast) and ffmpeg makes an MP4 of them; Playwright's own recorder wants an ffmpeg of its own that no registry has.</remarks>
internal sealed class Recorder : IAsyncDisposable
{
    private const int PicturesPerSecond = 10;
    private static readonly TimeSpan Reading = TimeSpan.FromSeconds(4);

    private readonly Process? ffmpeg;
    private readonly CancellationTokenSource end = new();
    private readonly Task writing;
    private volatile byte[] latest = [];
    private ICDPSession? watched;

    /// <param name="file">Where the video goes; <c>null</c> records nothing.</param>
    public Recorder(string? file)
    {
        ffmpeg = file is null ? null : Process.Start(new ProcessStartInfo("ffmpeg",
            ["-y", "-loglevel", "error", "-f", "image2pipe", "-framerate", $"{PicturesPerSecond}", "-c:v", "mjpeg", "-i", "-", "-vf", "scale=1280:800:force_original_aspect_ratio=decrease,pad=1280:800:-1:-1:color=white", "-c:v", "libx264", "-preset", "veryfast", "-pix_fmt", "yuv420p", "-movflags", "+faststart", file])
        {
            RedirectStandardInput = true,
        })!; // a start that fails throws
        writing = ffmpeg is null ? Task.CompletedTask : WriteAsync(ffmpeg);
    }

    public bool IsOn => ffmpeg is not null;

    /// <summary>Looks at this page from now on.</summary>
    public async Task FollowAsync(IPage page)
    {
        if (!IsOn)
            return;
        if (watched is not null)
            await watched.DetachAsync();
        var session = await page.Context.NewCDPSessionAsync(page);
        session.Event("Page.screencastFrame").OnEvent += async (_, frame) =>
        {
            latest = Convert.FromBase64String(frame!.Value.GetProperty("data").GetString()!); // both are always there
            await session.SendAsync("Page.screencastFrameAck", new() { ["sessionId"] = frame.Value.GetProperty("sessionId").GetInt32() });
        };
        await session.SendAsync("Page.startScreencast", new() { ["format"] = "jpeg", ["quality"] = 85 });
        watched = session;
    }

    /// <summary>Shows a caption at the foot of the page and gives people time to read it.</summary>
    public async Task SayAsync(IPage page, string words)
    {
        if (!IsOn)
            return;
        // Set through the DOM's own style object, which the pages' content security policy allows.
        await page.EvaluateAsync("""
            words => {
              const bar = document.getElementById("recorder-caption") ?? document.documentElement.appendChild(Object.assign(document.createElement("div"), { id: "recorder-caption" }));
              bar.textContent = words;
              Object.assign(bar.style, { position: "fixed", inset: "auto 0 0 0", padding: "14px 24px", background: "#101828", color: "#fff", font: "600 18px/1.4 sans-serif", textAlign: "center", zIndex: "2147483647" });
            }
            """, words);
        await Task.Delay(Reading, Clock.System);
    }

    public async ValueTask DisposeAsync()
    {
        await end.CancelAsync();
        await writing;
        if (ffmpeg is not null)
        {
            ffmpeg.StandardInput.Close();
            await ffmpeg.WaitForExitAsync();
            ffmpeg.Dispose();
        }
        end.Dispose();
    }

    // A steady beat, whatever Chromium sends: it only sends what changed.
    private async Task WriteAsync(Process to)
    {
        using var beat = new PeriodicTimer(TimeSpan.FromSeconds(1.0 / PicturesPerSecond), Clock.System);
        try
        {
            while (await beat.WaitForNextTickAsync(end.Token))
            {
                if (latest is { Length: > 0 } picture)
                    await to.StandardInput.BaseStream.WriteAsync(picture, end.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // The last scene is over.
        }
    }
}
