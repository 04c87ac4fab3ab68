using System.Globalization;

namespace Holdfast.Shell.Components;

internal static class Count
{
    /// <summary>Fills <c>{count}</c> and <c>{limit}</c> as count.js does, so that the first paint is already right.</summary>
    public static string Say(string pattern, int count, int limit) => pattern
        .Replace("{count}", count.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
        .Replace("{limit}", limit.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
}
