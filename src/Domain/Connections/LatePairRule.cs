namespace Holdfast.Domain.Connections;

/// <summary>A new pair that could not be saved before its claim lapsed, and whose predecessor still stands in the row.</summary>
public static class LatePairRule
{
    /// <summary>It is the only pair that works: whatever refusal was met meanwhile was met with the token it replaced.</summary>
    /// <returns>A change without an entry when it is of no use: the access itself was taken away.</returns>
    public static ConnectionChange AfterLatePair(this Connection connection, RenewalOutcome.Renewed renewed, RenewalContext at) => connection.State switch
    {
        { IsUsable: true } => connection.After(renewed, at),
        ConnectionState.NeedsSignIn(NeedsSignInReason.RotationLost or NeedsSignInReason.RefreshRefused) =>
            (connection with { State = new ConnectionState.Live() }).After(renewed, at) with
            {
                Entry = new(at.Now, TimelineKind.Recovered, connection.Account.Name, LogId: renewed.LogId),
                Posts = PostsEffect.Resume,
            },
        _ => new(connection),
    };
}
