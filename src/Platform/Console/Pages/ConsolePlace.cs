using Holdfast.Platform.Shell;

namespace Holdfast.Platform.Console.Pages;

/// <summary>The pages of the console, in the order of their tabs.</summary>
public enum ConsolePlace { Weather, Faults, Posts, Settings, Accounts, Clock, Requests, Reviews, Api }

internal static class ConsolePlaces
{
    public static string Path(this ConsolePlace place) => place switch
    {
        ConsolePlace.Weather => "/console",
        ConsolePlace.Api => "/console/api",
        _ => "/console/" + place.ToString().ToLowerInvariant(),
    };

    /// <summary>Back to a page, saying what was done: a name under <c>console.done.…</c>.</summary>
    public static IResult Back(this ConsolePlace place, HttpContext http, string done) => SeeOther.To(http, $"{place.Path()}?done={done}");
}
