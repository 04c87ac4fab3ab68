using Holdfast.Domain.Posts;
using Holdfast.Storage;
using Holdfast.Studio.Accounts;

namespace Holdfast.Specs.Studio.Accounts;

/// <summary>Writes down what connections tell.</summary>
internal sealed class Listener : IConnectionListener
{
    public List<string> Heard { get; } = [];

    public Task LiveAgainAsync(Session session, string connectionId, string workspaceId, DateTimeOffset now)
    {
        Heard.Add("live again");
        return Task.CompletedTask;
    }

    public Task EndedAsync(Session session, string connectionId, string workspaceId, HoldReason reason, DateTimeOffset now)
    {
        Heard.Add($"ended {reason}");
        return Task.CompletedTask;
    }
}
