namespace Holdfast.Shell.Outside;

/// <summary>What a call outside brought.</summary>
public abstract record OutsideResult
{
    private OutsideResult() { }

    /// <summary>An answer, of whatever status. A redirect is an answer too: it is never followed.</summary>
    /// <param name="IsCut">The body was longer than what was kept.</param>
    public sealed record Answered(int Status, byte[] Body, bool IsCut) : OutsideResult;

    /// <summary>Not called: the address, or what its name resolves to now, is not allowed.</summary>
    public sealed record Refused(OutsideProblem Problem) : OutsideResult;

    public sealed record Failed(OutsideFailure Failure) : OutsideResult;
}

/// <summary>What became of opening something large.</summary>
public abstract record OutsideOpening
{
    private OutsideOpening() { }

    /// <summary>200, and a body to read; the caller disposes it.</summary>
    public sealed record Opened(OutsideBody Body) : OutsideOpening;

    /// <summary>Any other status, redirects included.</summary>
    public sealed record Answered(int Status) : OutsideOpening;

    public sealed record Refused(OutsideProblem Problem) : OutsideOpening;

    public sealed record Failed(OutsideFailure Failure) : OutsideOpening;
}
