using System.Globalization;

namespace Holdfast.Platform.Overrides;

/// <summary>Spans as people write them: <c>90m</c>, <c>1d12h</c>, <c>250ms</c>, <c>0</c>, or a bare number of seconds.</summary>
internal static class SpanText
{
    private static readonly (string Unit, TimeSpan Span)[] Units =
    [
        ("d", TimeSpan.FromDays(1)), ("h", TimeSpan.FromHours(1)), ("m", TimeSpan.FromMinutes(1)), ("s", TimeSpan.FromSeconds(1)), ("ms", TimeSpan.FromMilliseconds(1)),
    ];

    /// <summary><c>null</c> when it is no span, or longer than a hundred years.</summary>
    public static TimeSpan? Read(string? text)
    {
        var rest = (text ?? "").Trim().AsSpan();
        var isNegative = rest.Length > 0 && rest[0] is '-';
        if (isNegative)
            rest = rest[1..];
        if (rest.IsEmpty)
            return null;
        var (sum, last) = (TimeSpan.Zero, -1);
        while (!rest.IsEmpty)
        {
            var digits = rest.IndexOfAnyExceptInRange('0', '9') is >= 0 and var end ? end : rest.Length;
            if (digits is 0 or > 10 || !long.TryParse(rest[..digits], NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                return null;
            rest = rest[digits..];
            var letters = rest.IndexOfAnyInRange('0', '9') is >= 0 and var start ? start : rest.Length;
            var unit = rest[..letters].ToString();
            var at = unit.Length == 0 && last < 0 && letters == rest.Length ? 3 : Array.FindIndex(Units, known => known.Unit == unit);
            // Each unit once, the larger first: anything else is a slip.
            if (at <= last || number > TimeSpan.FromDays(36_500) / Units[at].Span)
                return null;
            sum += number * Units[at].Span;
            last = at;
            rest = rest[letters..];
        }
        return sum > TimeSpan.FromDays(36_500) ? null : isNegative ? -sum : sum;
    }

    /// <summary>The shortest way to write it that <see cref="Read"/> takes.</summary>
    public static string Say(TimeSpan span)
    {
        if (span == TimeSpan.Zero)
            return "0s";
        var (text, rest) = (span < TimeSpan.Zero ? "-" : "", span.Duration());
        foreach (var (unit, size) in Units)
        {
            var count = (long)(rest / size);
            rest -= count * size;
            text += count > 0 ? $"{count}{unit}" : "";
        }
        return text;
    }
}
