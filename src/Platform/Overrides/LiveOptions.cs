using Microsoft.Extensions.Options;

namespace Holdfast.Platform.Overrides;

/// <summary>Options as they are configured, with what the console says over them: whoever reads <see cref="IOptions{TOptions}"/> each time sees the newest.</summary>
internal sealed class LiveOptions<T>(IOptionsFactory<T> factory, KnownOverrides overrides, TimeProvider clock) : IOptions<T> where T : class
{
    private Seen? seen;

    public T Value
    {
        get
        {
            var last = Volatile.Read(ref seen);
            return last is not null && ReferenceEquals(last.Of, overrides.All) && (last.Until is null || clock.GetUtcNow() < last.Until) ? last.Value : Renew();
        }
    }

    /// <summary>Without the console's word.</summary>
    public T Configured() => factory.Create(Options.DefaultName);

    // Two at once make the same.
    private T Renew()
    {
        var (all, value, now) = (overrides.All, Configured(), clock.GetUtcNow());
        foreach (var one in overrides.LiveAt(now))
            SettingTable.Find(one.Name)?.Apply(value, one.Value);
        Volatile.Write(ref seen, new Seen(all, value, all.Where(one => one.EndsAt > now).Min(one => one.EndsAt)));
        return value;
    }

    private sealed record Seen(IReadOnlyList<Override> Of, T Value, DateTimeOffset? Until);
}
