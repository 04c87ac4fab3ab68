using Holdfast.Storage;
using Holdfast.Storage.Work;

namespace Holdfast.Platform.Pixels;

/// <summary>Forgets, once an hour and a few at a time, events older than a week and all but a pixel's last five thousand.</summary>
internal sealed class TidyPixels(Database database, TimeProvider clock) : IDueWork
{
    private const int AtOnce = 1000;
    private const int Kept = 5000;
    private static readonly TimeSpan KeptFor = TimeSpan.FromDays(7);

    private const string Old = "delete from pixel_event where id in (select id from pixel_event where at < @before limit @most)";
    private const string TooMany = """
        delete from pixel_event where id in (
          select event.id from pixel join pixel_event event on event.pixel_id = pixel.id
          where event.id <= (select last.id from pixel_event last where last.pixel_id = pixel.id order by last.id desc limit 1 offset @kept) limit @most)
        """;

    private readonly HourlySweep pace = new(clock);

    public string Topic => "pixels-tidy";

    public Task<bool> RunDueAsync(CancellationToken stopping) => pace.RunAsync(async now =>
    {
        var forgotten = 0;
        foreach (var sweep in new[] { Old, TooMany })
            forgotten += await database.WriteAsync(session => session.RunAsync(sweep, new { before = now - KeptFor, most = AtOnce, kept = Kept }), stopping);
        return forgotten;
    });
}
