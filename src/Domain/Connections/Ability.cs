namespace Holdfast.Domain.Connections;

/// <summary>What a connection lets us do, one scope each.</summary>
public enum Ability
{
    ShowProfile,
    ShowProfileDetails,
    ShowStats,
    ShowVideos,
    Publish,
    SendDraft,

    /// <summary>Follower and following lists: only our own Platform has them.</summary>
    ShowAudience,
}

/// <summary>An ability, the scope it takes, and whether the person granted it.</summary>
public sealed record AbilityStatus(Ability Ability, string Scope, bool IsGranted);

/// <summary>A person may grant less than we asked for: only what needs the missing scope is off.</summary>
public static class Abilities
{
    /// <summary>What is asked for, granted or not, and what was granted besides: only what is asked for can be missed.</summary>
    /// <param name="asked">The scopes that connecting asks for.</param>
    public static IReadOnlyList<AbilityStatus> Of(ScopeSet granted, IReadOnlyCollection<string> asked) =>
        [.. Enum.GetValues<Ability>().Where(ability => granted.Allows(ability) || asked.Contains(ScopeOf(ability))).Select(ability => new AbilityStatus(ability, ScopeOf(ability), granted.Allows(ability)))];

    public static string ScopeOf(Ability ability) => ability switch
    {
        Ability.ShowProfile => "user.info.basic",
        Ability.ShowProfileDetails => "user.info.profile",
        Ability.ShowStats => "user.info.stats",
        Ability.ShowVideos => "video.list",
        Ability.Publish => "video.publish",
        Ability.SendDraft => "video.upload",
        Ability.ShowAudience => "platform.follow.list",
    };

    public static bool Allows(this ScopeSet granted, Ability ability) => granted.Has(ScopeOf(ability));
}
