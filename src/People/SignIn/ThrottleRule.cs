namespace Holdfast.People.SignIn;

/// <summary>How long failed sign-ins make the next try wait. Never a lock: it always ends by itself, and where an account signs in every day, strangers cannot make it wait.</summary>
internal static class ThrottleRule
{
    /// <summary>Failures this old are forgotten.</summary>
    public static readonly TimeSpan Memory = TimeSpan.FromMinutes(15);

    /// <summary>An address an account has signed in from is known for this long.</summary>
    public static readonly TimeSpan FamiliarFor = TimeSpan.FromDays(30);

    /// <summary>Failures altogether that say somebody is guessing on a large scale; this many are forgotten in <see cref="Memory"/>.</summary>
    public const long Pressure = 1_000;

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    /// <summary>Failures that cost nothing: people mistype. Under pressure strangers get fewer; nobody waits for what somebody else did.</summary>
    public static int FreeFailures(SubjectKind kind, bool underPressure) => (kind, underPressure) switch
    {
        (SubjectKind.Account, false) => 5,
        (SubjectKind.Account, true) => 3,
        (SubjectKind.Familiar, _) => 5,
        (SubjectKind.Address, false) => 20,
        (SubjectKind.Address, true) => 5,
        _ => int.MaxValue,
    };

    /// <summary>One second after the first counted failure, doubling up to a minute.</summary>
    public static TimeSpan WaitAfter(SubjectKind kind, long failures, bool underPressure)
    {
        var counted = failures - FreeFailures(kind, underPressure);
        return counted < 0 ? TimeSpan.Zero : TimeSpan.FromSeconds(Math.Min(Longest.TotalSeconds, Math.Pow(2, Math.Min(counted, 10))));
    }

    /// <summary>What is left of a count after a while: all or nothing, and for everybody together a steady forgetting, because somewhere somebody always mistypes.</summary>
    public static long Remembered(SubjectKind kind, long failures, TimeSpan since) => kind is SubjectKind.Everybody
        ? Math.Max(0, failures - (long)(Pressure * (since / Memory)))
        : since < Memory ? failures : 0;
}

/// <summary>Whose failures are counted: those of one name of an account, the same from an address the account knows, an address's, all together.</summary>
internal enum SubjectKind { Account, Familiar, Address, Everybody }
