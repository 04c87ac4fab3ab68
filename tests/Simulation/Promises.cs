using Holdfast.Simulation.Stage;

namespace Holdfast.Simulation;

/// <summary>What must hold, whatever the world did.</summary>
internal static class Promises
{
    private static readonly TimeSpan OnTime = TimeSpan.FromMinutes(2);

    // A workspace lets a post go out by itself when it is up to an hour late; the machine's clock may be ten minutes off.
    private static readonly TimeSpan LatestByItself = TimeSpan.FromMinutes(60 + 10 + 2);

    /// <summary>For so long a try without an answer is looked for; an account that went meanwhile cannot have a second one.</summary>
    private static readonly TimeSpan Unsure = TimeSpan.FromMinutes(30);

    /// <summary>The host's clock may be that far off.</summary>
    private static readonly TimeSpan Clocks = TimeSpan.FromMinutes(11);

    public static void Check(World world, Life life, Seen seen, List<string> broken)
    {
        foreach (var creator in life.Creators)
            Forget(world, creator, seen);
        Told.Check(world.Settings, life, seen, broken);
        var posts = seen.Posts.ToLookup(post => post.Creator, StringComparer.Ordinal);
        foreach (var creator in life.Creators)
        {
            CheckEnds(world.Settings, creator, seen, broken);
            var mine = posts[creator.Name].ToList();
            if (mine.Count != creator.Posts)
                broken.Add($"{creator.Name}: {creator.Posts} posts planned, {mine.Count} there");
            foreach (var post in mine)
                CheckPost(world.Settings, creator, post, seen.Videos.GetValueOrDefault(post.Caption), broken);
        }
    }

    /// <summary>What happened in the last hours nobody can know yet.</summary>
    private static void Forget(World world, Creator creator, Seen seen)
    {
        if (creator.Absences is [.., var last] && world.Now - last.From < Noticed(world.Settings) && (seen.Ends.GetValueOrDefault(creator.ConnectionId)?.Count ?? 0) < creator.Absences.Count)
            creator.Absences.Remove(last);
    }

    /// <summary>The next renewal or look finds an end.</summary>
    public static TimeSpan Noticed(WorldSettings settings) => settings.Dialect.Access + TimeSpan.FromHours(12);

    /// <summary>Observed ends equal planned ends: no connection ends without a refusal the Platform really issued, and none stays when one did.</summary>
    private static void CheckEnds(WorldSettings settings, Creator creator, Seen seen, List<string> broken)
    {
        var ends = seen.Ends.GetValueOrDefault(creator.ConnectionId) ?? [];
        if (ends.Count > creator.Absences.Count || ends.Count < creator.Absences.Count(absence => !absence.IsShort))
            broken.Add($"{creator.Name}: {ends.Count} ends, {creator.Absences.Count} planned ({seen.States.GetValueOrDefault(creator.ConnectionId)})");
        foreach (var end in ends)
        {
            if (creator.Absences.FirstOrDefault(absence => end.At > absence.From - Clocks && (absence.Back is not { } back || end.At < back + Clocks)) is not { } absence)
                broken.Add($"{creator.Name}: ended at {end.At:u} without a removal ({end.Cause})");
            else if (!IsTold(absence, end) && !creator.Refusals.Any(refusal => refusal > end.At - Clocks && refusal < end.At + Clocks))
                broken.Add($"{creator.Name}: ended at {end.At:u} and the Platform had not refused ({end.Cause})");
            else if (!Explains(absence.Why, end.Cause))
                broken.Add($"{creator.Name}: ended at {end.At:u} by {absence.Why} and says {end.Cause}");
            else if (end.At - absence.From > Noticed(settings))
                broken.Add($"{creator.Name}: ended at {absence.From:u} and was found out at {end.At:u}");
        }
        var lives = seen.States.GetValueOrDefault(creator.ConnectionId)?.Split(' ')[0] is "live" or "ending-soon";
        if (lives == creator.IsAway)
            broken.Add($"{creator.Name}: at the end it is {seen.States.GetValueOrDefault(creator.ConnectionId)}");
    }

    /// <summary>The Platform said so itself, and signed it: nobody had to ask.</summary>
    private static bool IsTold(Absence absence, Seen.EndEvent end) => absence.Why is Why.Removed && end.Cause is "AccessRemoved";

    // An answer that got lost shortly before hides the true cause of a refusal; a clock that is slow hides that the end has come.
    private static bool Explains(Why why, string cause) => why switch
    {
        Why.Removed => cause is "RefreshRefused" or "RotationLost" or "AccessRemoved",
        Why.TokenEnded => cause is "RefreshTokenEnded" or "RefreshRefused" or "RotationLost",
        Why.PairLost => cause is "RotationLost",
        _ => false,
    };

    /// <summary>Every due post is published exactly once and not too late, or held with a true reason.</summary>
    private static void CheckPost(WorldSettings settings, Creator creator, Seen.PostEnd post, int published, List<string> broken)
    {
        if (published > 1)
            broken.Add($"\"{post.Caption}\" went out {published} times");
        if (published == 1 != (post.State is "Published"))
            broken.Add($"\"{post.Caption}\" is {post.State} here and {published} times there");
        if (published == 0 && !IsTrulyHeld(settings, creator, post))
            broken.Add($"\"{post.Caption}\" was due at {post.DueAt:u} and is {post.State} {post.Hold}");
        if (post.InitSentAt - post.DueAt > LatestByItself)
            broken.Add($"\"{post.Caption}\" was due at {post.DueAt:u} and went out at {post.InitSentAt:u}, though nobody was asked");
    }

    /// <summary>A hold is true when what it names really happened to this account or to everybody at that time.</summary>
    private static bool IsTrulyHeld(WorldSettings settings, Creator creator, Seen.PostEnd post) => post is { State: "Held", Hold: { } hold } && hold switch
    {
        "NeedsSignIn" => creator.IsAway && post.DueAt > creator.Absences[^1].From - OnTime - settings.Dialect.Access,
        // Missed by more than the workspace allows, because nobody could answer or each try met a fault: a person decides.
        "Late" => post.FailedTries > 1 || creator.WasAway(post.DueAt, OnTime) || (post.FailedTries > 0 && creator.WasAway(post.DueAt + Unsure, Unsure)) || settings.Outages.Any(outage => post.DueAt > outage.From - OnTime && post.DueAt < outage.To + OnTime),
        _ => false,
    };
}
