namespace Holdfast.People.SignIn;

/// <summary>How long failed sign-ins make the next try wait. Never a lock: it always ends by itself, so no outsider can shut somebody out.</summary>
internal static class ThrottleRule
{
    /// <summary>Failures this old are forgotten.</summary>
    public static readonly TimeSpan Memory = TimeSpan.FromMinutes(15);

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    /// <summary>Failures that cost nothing: people mistype.</summary>
    public static int FreeFailures(SubjectKind kind) => kind switch
    {
        SubjectKind.Account => 5,
        SubjectKind.Address => 20,
        SubjectKind.Everybody => 2_000,
    };

    /// <summary>One second after the first counted failure, doubling up to a minute.</summary>
    public static TimeSpan WaitAfter(SubjectKind kind, long failures)
    {
        var counted = failures - FreeFailures(kind);
        return counted < 0 ? TimeSpan.Zero : TimeSpan.FromSeconds(Math.Min(Longest.TotalSeconds, Math.Pow(2, Math.Min(counted, 10))));
    }
}

internal enum SubjectKind { Account, Address, Everybody }
