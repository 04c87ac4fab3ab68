using Holdfast.Domain.Connections;
using Holdfast.Domain.Posts;
using Holdfast.Storage;

namespace Holdfast.Studio.Accounts.KeepAlive;

/// <summary>A sign-in heals what a connection felt, and whoever is disconnected feels nothing any more.</summary>
internal sealed class HealIncidents(IncidentStore incidents) : IConnectionListener
{
    public Task LiveAgainAsync(Session session, string connectionId, string workspaceId, DateTimeOffset now) =>
        incidents.HealAsync(session, connectionId, IncidentEnds.WithEachRenewal, now);

    public Task EndedAsync(Session session, string connectionId, string workspaceId, HoldReason reason, DateTimeOffset now) =>
        reason is HoldReason.Disconnected ? incidents.SweepAsync(session, now) : Task.CompletedTask;
}
