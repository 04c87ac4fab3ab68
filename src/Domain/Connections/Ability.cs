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
}

/// <summary>An ability, the scope it takes, and whether the person granted it.</summary>
public sealed record AbilityStatus(Ability Ability, string Scope, bool IsGranted);

/// <summary>A person may grant less than we asked for: only what needs the missing scope is off.</summary>
public static class Abilities
{
    public static IReadOnlyList<AbilityStatus> Of(ScopeSet granted) =>
        [.. Enum.GetValues<Ability>().Select(ability => new AbilityStatus(ability, ScopeOf(ability), granted.Has(ScopeOf(ability))))];

    public static string ScopeOf(Ability ability) => ability switch
    {
        Ability.ShowProfile => "user.info.basic",
        Ability.ShowProfileDetails => "user.info.profile",
        Ability.ShowStats => "user.info.stats",
        Ability.ShowVideos => "video.list",
        Ability.Publish => "video.publish",
        Ability.SendDraft => "video.upload",
    };

    public static bool Allows(this ScopeSet granted, Ability ability) => granted.Has(ScopeOf(ability));
}
