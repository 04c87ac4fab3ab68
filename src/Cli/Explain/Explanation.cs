namespace Holdfast.Cli.Explain;

/// <summary>What an address is.</summary>
internal enum AddressKind
{
    Unrecognised,
    AuthorizationRequest,
    Callback,
    CallbackError,
    ErrorPage,
    ServerEndpoint,
}

/// <summary>How much a finding matters.</summary>
internal enum Weight
{
    /// <summary>Good to know.</summary>
    Note,

    /// <summary>Works today, bites later.</summary>
    Risk,

    /// <summary>Does not work.</summary>
    Wrong,
}

/// <summary>One thing about an address, and what to do about it.</summary>
/// <param name="Fix">Empty when there is nothing to do.</param>
internal sealed record Finding(Weight Weight, string Says, string Fix = "");

/// <summary>What an address means and what is wrong with it.</summary>
/// <param name="Parts">What it holds, in words; secrets are measured, not shown.</param>
internal sealed record Explanation(AddressKind Kind, string Summary, IReadOnlyList<(string Name, string Meaning)> Parts, IReadOnlyList<Finding> Findings)
{
    public bool IsSound => Kind != AddressKind.Unrecognised && Findings.All(finding => finding.Weight != Weight.Wrong);
}
