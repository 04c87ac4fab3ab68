using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Holdfast.Simulation.Stage;

namespace Holdfast.Simulation;

/// <summary>A long run in parts: after each the power goes everywhere and all that is known is kept, so a run that was ended goes on where it was, to the same last line.</summary>
internal sealed class Year(string name, WorldSettings settings, string folder, int daysAPart = 5)
{
    /// <summary>For how long a run took, and for nothing in it.</summary>
    [SuppressMessage("ApiDesign", "RS0030", Justification = "It is the run that takes the time.")]
    private static TimeProvider Real => TimeProvider.System;

    public string Name => name;

    /// <summary>Runs what is left; with <paramref name="days"/>, only so far.</summary>
    /// <returns>The report; null when it is not at its end.</returns>
    public Report? Run(Action<string> say, int? days = null)
    {
        var from = Checkpoint.Last(Directory.CreateDirectory(folder).FullName);
        while (true)
        {
            var began = Real.GetTimestamp();
            using var month = new Month(settings, keptIn: folder, from: from);
            var number = (from?.Number ?? 0) + 1;
            var until = World.Begin.AddDays(number * daysAPart);
            var isLast = until >= settings.End;
            if (isLast)
            {
                var report = month.Run();
                month.Life.Seconds += Real.GetElapsedTime(began).TotalSeconds;
                return report;
            }
            month.RunUntil(until);
            month.Life.Seconds += Real.GetElapsedTime(began).TotalSeconds;
            from = month.Stop(folder, number);
            say(Progress(month, from));
            if (month.Life.Broken.Count > 0)
                say($"{name}: {month.Life.Broken.Count} broken promises, the first: {month.Life.Broken[0]}");
            if (number * daysAPart >= days)
                return null;
        }
    }

    private string Progress(Month month, Checkpoint at) => string.Create(CultureInfo.InvariantCulture,
        $"{name}: day {(at.At - World.Begin).TotalDays:0} of {settings.Days}, {month.Life.Count("renewals"):N0} renewals, {month.Life.Creators.Sum(creator => creator.Absences.Count):N0} ends, {month.Life.Tellings.Count:N0} messages, {month.Life.Broken.Count} broken; {month.Life.Seconds:0} s, CPU {month.Life.CpuSeconds:0} s ({month.Life.CpuSeconds * 1e6 / Math.Max(1, month.Life.Count("renewals")):0} µs a renewal), {Environment.WorkingSet / 1048576} MB");
}
