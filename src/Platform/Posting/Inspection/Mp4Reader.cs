namespace Holdfast.Platform.Posting.Inspection;

/// <summary>Reads <c>moov</c> and, in fragmented files, every <c>moof</c>.</summary>
internal sealed class Mp4Reader(Stream file)
{
    private const int EntriesAtOnce = 4_096;
    private const int DeepestBox = 8;

    private readonly BoxStream boxes = new(file);
    private readonly List<Mp4Track> tracks = [];
    private readonly Dictionary<uint, uint> defaults = [];
    private TimeSpan? movieDuration;

    public async Task<MovieFacts?> ReadAsync(CancellationToken stopping)
    {
        var type = "video/quicktime"; // files without a brand are QuickTime's oldest
        var (found, media) = (false, false);
        await foreach (var box in boxes.ReadAsync(0, file.Length, stopping))
        {
            switch (box.Type)
            {
                case "ftyp":
                    type = (await boxes.HeadAsync(box, 8, stopping)).Type(0) == "qt  " ? type : "video/mp4";
                    break;
                case "moov":
                    await MovieAsync(box, stopping);
                    found = true;
                    break;
                case "moof":
                    await FragmentAsync(box, stopping);
                    break;
                case "mdat":
                    media = true;
                    break;
            }
        }

        return found && media && tracks.Find(track => track.Handler == "vide") is { } video
            ? new MovieFacts { ContentType = type, Codec = video.Codec, Width = video.Width, Height = video.Height, Duration = Longer(movieDuration, video.Duration), FramesPerSecond = video.FramesPerSecond }
            : null;
    }

    private async Task MovieAsync(Box movie, CancellationToken stopping)
    {
        await foreach (var box in boxes.ReadAsync(movie.Start, movie.End, stopping))
        {
            switch (box.Type)
            {
                case "mvhd":
                    var (scale, length) = Times(await boxes.HeadAsync(box, 32, stopping));
                    movieDuration = scale > 0 && length > 0 ? Mp4Track.Seconds(length / (double)scale) : null;
                    break;
                case "trak":
                    var track = new Mp4Track();
                    await TrackAsync(box, track, 0, stopping);
                    tracks.Add(track);
                    break;
                case "mvex":
                    await foreach (var inner in boxes.ReadAsync(box.Start, box.End, stopping))
                    {
                        if (inner.Type == "trex" && await boxes.HeadAsync(inner, 16, stopping) is { } trex)
                            defaults[trex.U32(4)] = trex.U32(12);
                    }
                    break;
            }
        }
    }

    private async Task TrackAsync(Box parent, Mp4Track track, int depth, CancellationToken stopping)
    {
        // A file of boxes in boxes must not be able to eat our stack.
        if (depth > DeepestBox)
            throw new InvalidDataException("The boxes lie too deep.");
        await foreach (var box in boxes.ReadAsync(parent.Start, parent.End, stopping))
        {
            switch (box.Type)
            {
                case "mdia" or "minf" or "stbl":
                    await TrackAsync(box, track, depth + 1, stopping);
                    break;
                case "tkhd":
                    var header = await boxes.HeadAsync(box, 96, stopping);
                    track.Id = header.U32(IsLong(header) ? 20 : 12);
                    ReadSize(track, header);
                    break;
                case "mdhd":
                    track.Timescale = Times(await boxes.HeadAsync(box, 32, stopping)).Scale;
                    break;
                case "hdlr":
                    // The media's handler comes before minf; QuickTime writes a second one, for the data, inside it.
                    track.Handler = track.Handler.Length > 0 ? track.Handler : (await boxes.HeadAsync(box, 12, stopping)).Type(8);
                    break;
                case "stsd":
                    track.Codec = (await boxes.HeadAsync(box, 16, stopping)).Type(12);
                    break;
                case "stts":
                    await SampleTimesAsync(box, track, stopping);
                    break;
            }
        }
    }

    private static void ReadSize(Mp4Track track, byte[] header)
    {
        var matrix = IsLong(header) ? 52 : 40;
        var (width, height) = ((int)(header.U32(matrix + 36) >> 16), (int)(header.U32(matrix + 40) >> 16));
        // A quarter turn: a phone films sideways and says so here.
        (track.Width, track.Height) = header.U32(matrix) == 0 && header.U32(matrix + 4) != 0 ? (height, width) : (width, height);
    }

    private async Task SampleTimesAsync(Box box, Mp4Track track, CancellationToken stopping)
    {
        var count = (await boxes.HeadAsync(box, 8, stopping)).U32(4);
        if (box.Start + 8 + (8L * count) > box.End)
            throw new InvalidDataException("The table of sample times is cut off.");
        for (long done = 0; done < count; done += EntriesAtOnce)
        {
            var at = box.Start + 8 + (8 * done);
            var entries = await boxes.HeadAsync(new Box(box.Type, at, box.Start + 8 + (8L * count)), 8 * EntriesAtOnce, stopping);
            for (var entry = 0; entry < entries.Length; entry += 8)
                Add(track, entries.U32(entry), (long)entries.U32(entry) * entries.U32(entry + 4));
        }
    }

    private async Task FragmentAsync(Box fragment, CancellationToken stopping)
    {
        await foreach (var run in boxes.ReadAsync(fragment.Start, fragment.End, stopping))
        {
            if (run.Type != "traf")
                continue;
            Mp4Track? track = null;
            uint each = 0;
            await foreach (var box in boxes.ReadAsync(run.Start, run.End, stopping))
            {
                if (box.Type == "tfhd")
                {
                    var header = await boxes.HeadAsync(box, 32, stopping);
                    var flags = header.U32(0);
                    track = tracks.Find(known => known.Id == header.U32(4));
                    each = (flags & 0x8) != 0 ? header.U32(8 + ((flags & 0x1) != 0 ? 8 : 0) + ((flags & 0x2) != 0 ? 4 : 0)) : defaults.GetValueOrDefault(header.U32(4));
                }
                else if (box.Type == "trun" && track is not null)
                {
                    await RunAsync(box, track, each, stopping);
                }
            }
        }
    }

    private async Task RunAsync(Box box, Mp4Track track, uint each, CancellationToken stopping)
    {
        var header = await boxes.HeadAsync(box, 8, stopping);
        var (flags, count) = (header.U32(0), header.U32(4));
        if ((flags & 0x100) == 0)
        {
            Add(track, count, (long)count * each);
            return;
        }

        var stride = 4 * int.PopCount((int)(flags & 0xf00));
        var first = box.Start + 8 + ((flags & 0x1) != 0 ? 4 : 0) + ((flags & 0x4) != 0 ? 4 : 0);
        if (first + ((long)stride * count) > box.End)
            throw new InvalidDataException("A fragment's table is cut off.");
        for (long done = 0; done < count; done += EntriesAtOnce)
        {
            var entries = await boxes.HeadAsync(new Box(box.Type, first + (stride * done), first + ((long)stride * count)), stride * EntriesAtOnce, stopping);
            for (var entry = 0; entry < entries.Length; entry += stride)
                Add(track, 1, entries.U32(entry));
        }
    }

    private static void Add(Mp4Track track, long samples, long ticks)
    {
        track.Samples += samples;
        // Two numbers of 32 bits can be anything; a movie of 2^62 ticks is no movie.
        track.Ticks = track.Ticks > long.MaxValue / 2 - ticks ? throw new InvalidDataException("The table of sample times adds up to nonsense.") : track.Ticks + ticks;
    }

    private static (uint Scale, ulong Length) Times(byte[] header) =>
        IsLong(header) ? (header.U32(20), header.U64(24)) : (header.U32(12), header.U32(16));

    // Version 1 boxes write their times in 64 bits.
    private static bool IsLong(byte[] header) => header.U32(0) >> 24 == 1;

    private static TimeSpan? Longer(TimeSpan? one, TimeSpan? other) => one is null || other > one ? other : one;
}
