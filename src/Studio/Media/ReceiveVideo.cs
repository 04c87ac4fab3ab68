using Holdfast.Shell.Language;
using Holdfast.Storage.Blobs;

namespace Holdfast.Studio.Media;

/// <summary>Takes a video from a request straight to the store, a buffer at a time, and keeps it only when it is whole and TikTok would take it.</summary>
internal sealed class ReceiveVideo(MediaStore media, IBlobStore blobs, ILogger<ReceiveVideo> log)
{
    private const int LongestName = 120;

    /// <param name="announced">The length the sender told, when it did.</param>
    public async Task<ReceiveAnswer> RunAsync(string workspaceId, string by, string? fileName, Stream content, long? announced, CancellationToken aborted)
    {
        var name = NameOf(fileName);
        if (announced > VideoRules.Largest)
            return new ReceiveAnswer.Refused("media.refused.too-big", name);

        var head = new byte[VideoFacts.HeadBytes];
        var length = await content.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, aborted);
        if (length == 0)
            return new ReceiveAnswer.Refused("media.refused.empty", name);
        if (VideoFacts.Sniff(head.AsSpan(0, length)) is null)
            return new ReceiveAnswer.Refused("media.refused.not-video", name);

        var id = await media.BeginAsync(workspaceId, name, by, aborted);
        var key = MediaFiles.VideoKey(id);
        try
        {
            var bytes = await blobs.WriteAsync(key, new HeadFirst(head.AsMemory(0, length), content), VideoRules.Largest, aborted);
            if (announced is { } told && told != bytes)
                throw new IOException($"{bytes} of {told} bytes arrived.");
            if (await JudgeAsync(key, aborted) is not { Facts: { } facts } judged)
                return await RefuseAsync(id, "media.refused.not-video", name);
            if (judged.Problem is { } problem)
                return await RefuseAsync(id, problem, name);
            await media.CompleteAsync(id, bytes, facts);
        }
        catch (BlobTooLargeException)
        {
            return await RefuseAsync(id, "media.refused.too-big", name);
        }
        catch
        {
            // The sender went away, or our disk did: nothing half of a video is left behind.
            await ForgetAsync(id);
            throw;
        }
        log.Received(id, length);
        return new ReceiveAnswer.Received(await media.FindAsync(workspaceId, id, CancellationToken.None) ?? throw new InvalidOperationException("A video that was just stored is gone.")); // completed above
    }

    /// <summary>What is left of uploads that a crash cut off.</summary>
    public async Task ForgetAsync(string id)
    {
        await blobs.DeleteAsync(MediaFiles.VideoKey(id));
        await media.ForgetAsync(id);
    }

    private async Task<(VideoFacts? Facts, string? Problem)> JudgeAsync(string key, CancellationToken aborted)
    {
        await using var video = await blobs.OpenReadAsync(key, aborted) ?? throw new IOException("The video that was just written cannot be read.");
        var facts = await VideoFacts.ReadAsync(video, aborted);
        return (facts, facts is null ? null : VideoRules.Problem(facts));
    }

    private async Task<ReceiveAnswer> RefuseAsync(string id, string textKey, string name)
    {
        await ForgetAsync(id);
        return new ReceiveAnswer.Refused(textKey, name);
    }

    private static string NameOf(string? told)
    {
        var name = string.Concat((told ?? "").Split('/', '\\')[^1].Where(letter => !char.IsControl(letter))).CutTo(LongestName).Trim();
        return name.Length > 0 ? name : "video";
    }
}

/// <summary>What became of an upload.</summary>
internal abstract record ReceiveAnswer
{
    private ReceiveAnswer() { }

    public sealed record Received(MediaRow Media) : ReceiveAnswer;

    /// <param name="TextKey">The sentence with the rule; <c>{0}</c> is the file's name.</param>
    public sealed record Refused(string TextKey, string FileName) : ReceiveAnswer;
}
