using Holdfast.Platform.Tokens;

namespace Holdfast.Specs.Platform.Tokens;

/// <summary>What design §5 says about one consent's tokens, in the plainest words there are: lists and flags, no SQL. The real thing has to agree with it.</summary>
internal sealed class TokenModel(RefreshMode mode, bool carriesEndOver)
{
    public static readonly TimeSpan AccessFor = TimeSpan.FromHours(2);

    // Short, so that a life sees ends of refresh tokens and none of the clearing away that comes after a week.
    public static readonly TimeSpan RefreshFor = TimeSpan.FromDays(1);

    public List<Code> Codes { get; } = [];

    public List<Pair> Pairs { get; } = [];

    public bool IsConsentEnded { get; private set; }

    public DateTimeOffset Now { get; set; }

    /// <summary>Whether a code may be exchanged now; if so it is.</summary>
    public Family? Exchange(Code code)
    {
        if (code.Family is { } bought)
        {
            bought.IsEnded = true; // shown again after it was spent
            return null;
        }
        return IsConsentEnded || code.ExpiresAt <= Now ? null : code.Family = new Family();
    }

    /// <summary>Whether a renewal with this pair's refresh token is granted, with what the new pair succeeds and until when it may be renewed.</summary>
    public Pair? Renew(Pair pair)
    {
        if (IsConsentEnded || pair.Family.IsEnded || pair.IsEnded || pair.RefreshEnds <= Now)
            return null;
        var next = new Pair(pair.Family, Now + AccessFor, carriesEndOver ? pair.RefreshEnds : Now + RefreshFor);
        if (!pair.IsSuperseded)
        {
            if (mode is RefreshMode.Legacy)
                return new Pair(pair.Family, Now + AccessFor, pair.RefreshEnds) { KeepsRefreshOf = pair };
            (pair.IsSuperseded, pair.Successor) = (true, next);
            return next;
        }
        if (mode is not RefreshMode.Grace)
            return null;
        if (pair.Successor!.IsSuperseded) // superseded means succeeded
        {
            pair.Family.IsEnded = true;
            return null;
        }
        pair.Successor.IsEnded = true;
        return pair.Successor = next;
    }

    public bool Opens(Pair pair) => !IsConsentEnded && !pair.Family.IsEnded && !pair.IsEnded && pair.AccessEnds > Now;

    public void EndConsent() => IsConsentEnded = true;

    /// <summary>Refresh tokens that still buy something without ending anything: in no mode may one family have two.</summary>
    public int LivingBranches(Family family) => Pairs.Count(pair =>
        pair.Family == family && pair.KeepsRefreshOf is null && !IsConsentEnded && !family.IsEnded && !pair.IsEnded && !pair.IsSuperseded && pair.RefreshEnds > Now);

    internal sealed class Family
    {
        public bool IsEnded { get; set; }
    }

    internal sealed class Code(string text, DateTimeOffset expiresAt)
    {
        public string Text => text;

        public DateTimeOffset ExpiresAt => expiresAt;

        public Family? Family { get; set; }
    }

    internal sealed class Pair(Family family, DateTimeOffset accessEnds, DateTimeOffset refreshEnds)
    {
        public Family Family => family;

        public DateTimeOffset AccessEnds => accessEnds;

        public DateTimeOffset RefreshEnds => refreshEnds;

        public string Access { get; set; } = "";

        public string Refresh { get; set; } = "";

        public bool IsSuperseded { get; set; }

        public bool IsEnded { get; set; }

        public Pair? Successor { get; set; }

        /// <summary>In Legacy mode the refresh token stays the first pair's.</summary>
        public Pair? KeepsRefreshOf { get; init; }
    }
}
