namespace Holdfast.Domain.Connections;

/// <summary>When a token pair is renewed.</summary>
public static class RenewalRule
{
    private const double Earliest = 0.5;
    private const double Latest = 0.8;

    /// <summary>A clock further off than this is worth a warning.</summary>
    public static readonly TimeSpan WorryingSkew = TimeSpan.FromMinutes(2);

    /// <summary>What publishing one post takes from its due time on, generously.</summary>
    private static readonly TimeSpan PostNeeds = TimeSpan.FromMinutes(15);

    /// <summary>Between 50 % and 80 % of the returned lifetime, always.</summary>
    /// <param name="jitter">0 to 1; spreads many connections granted in the same minute.</param>
    /// <param name="clockSkew">How far our clock is known to be off. A clock that may jump by that much must not jump over the end.</param>
    /// <param name="nextPostAt">
    /// A post due before the chosen instant whose publishing would outlive the token pulls the renewal before itself,
    /// though never before half of the life: a younger token has more ahead of it than behind.
    /// </param>
    public static DateTimeOffset RenewAt(TokenLife life, double jitter, TimeSpan clockSkew = default, DateTimeOffset? nextPostAt = null)
    {
        var earliest = life.GrantedAt + life.Lifetime * Earliest;
        var latest = Min(life.GrantedAt + life.Lifetime * Latest, life.AccessEndsAt - clockSkew.Duration());
        var chosen = earliest + (Max(latest, earliest) - earliest) * Math.Clamp(jitter, 0, 1);
        if (nextPostAt is { } dueAt && dueAt < chosen && dueAt + PostNeeds > life.AccessEndsAt)
            chosen = Max(earliest, dueAt - life.Lifetime / 20);
        return chosen;
    }

    public static bool IsWorrying(TimeSpan clockSkew) => clockSkew.Duration() > WorryingSkew;

    private static DateTimeOffset Min(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;
    private static DateTimeOffset Max(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;
}
