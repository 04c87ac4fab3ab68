using Holdfast.Simulation.Stage;

namespace Holdfast.Simulation;

/// <summary>Whether people were told everything once through each channel, and nothing else. A message that comes again under its own id is the same message.</summary>
internal static class Told
{
    private static readonly string[] Channels = [PostOffice.Email, PostOffice.Webhook];
    private static readonly int[] Days = [30, 14, 7, 3, 1];

    private const string Over = ":over";

    public static void Check(WorldSettings settings, Life life, Seen seen, List<string> broken)
    {
        foreach (var twice in life.Tellings.GroupBy(told => (told.Channel, told.Key)).Where(group => group.Select(told => told.DeliveryId).Distinct().Count() > 1 && !IsBackAndForth(group.Key.Channel, group.Key.Key, life)))
            broken.Add($"notice {twice.Key.Key} went out {twice.Count()} times by {twice.Key.Channel}");
        var told = life.Tellings.DistinctBy(one => one.DeliveryId).ToLookup(one => (one.Channel, one.Kind, one.ConnectionId ?? ""));
        foreach (var creator in life.Creators)
        {
            foreach (var channel in Channels)
            {
                var ends = told[(channel, "NeedsSignIn", creator.ConnectionId)].Count();
                if (ends > creator.Absences.Count || ends < creator.Absences.Count(absence => !absence.IsShort) - seen.InVain[(channel, creator.ConnectionId)].Count())
                    broken.Add($"{creator.Name}: ended {creator.Absences.Count} times and was told of {ends} by {channel}");
                var days = told[(channel, "EndingSoon", creator.ConnectionId)].Select(one => one.Facts).Order(StringComparer.Ordinal).ToList();
                var planned = Facts(Endings(settings, creator));
                var more = Facts(Endings(settings, creator, Promises.Noticed(settings)));
                if (!Holds(days, planned) || !Holds(more, days))
                    broken.Add($"{creator.Name}: the end was to be told on {string.Join(' ', planned)}, and was on {string.Join(' ', days)} by {channel}");
            }
        }
    }

    /// <summary>An incident that is back after it was said to be over is told anew, and its end too: begun, over, begun, over, and never the same twice in a row.</summary>
    private static bool IsBackAndForth(string channel, string key, Life life)
    {
        var incident = key.EndsWith(Over, StringComparison.Ordinal) ? key[..^Over.Length] : key;
        var said = life.Tellings.Where(told => told.Channel == channel && (told.Key == incident || told.Key == incident + Over)).DistinctBy(told => told.DeliveryId).OrderBy(told => told.At).Select(told => told.Key).ToList();
        return incident.StartsWith("incident:", StringComparison.Ordinal) && said.Zip(said.Skip(1), (one, next) => one != next).All(isOther => isOther);
    }

    private static List<string> Facts(IEnumerable<int> days) => [.. days.Select(day => $"[\"{day}\"]").Order(StringComparer.Ordinal)];

    /// <summary>Whether all of these are there, each as often.</summary>
    private static bool Holds(List<string> all, List<string> these)
    {
        var left = new List<string>(all);
        return these.TrueForAll(left.Remove);
    }

    /// <summary>The days before its end that each sign-in lived to see.</summary>
    /// <param name="unnoticed">For how long after a removal Studio may not know of it, and tell what is due.</param>
    public static IEnumerable<int> Endings(WorldSettings settings, Creator creator, TimeSpan unnoticed = default)
    {
        if (!settings.Dialect.HasFixedEnd)
            yield break;
        for (var i = 0; i < creator.SignedInAt.Count; i++)
        {
            var ends = creator.SignedInAt[i] + settings.Dialect.Refresh;
            var until = i + 1 < creator.SignedInAt.Count ? creator.SignedInAt[i + 1] : settings.End + Month.QuietDays;
            // Told while it lives: the end itself is another notice, and so is a removal.
            var left = creator.Absences.Where(absence => absence.From >= creator.SignedInAt[i] && absence.From < until).Select(absence => absence.From).DefaultIfEmpty(until).Min();
            foreach (var day in Days)
            {
                if (ends.AddDays(-day) < left + unnoticed && ends.AddDays(-day) > creator.SignedInAt[i])
                    yield return day;
            }
        }
    }
}
