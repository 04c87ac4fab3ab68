using System.Globalization;
using Holdfast.Domain.Planning;

namespace Holdfast.Studio.Workspaces;

/// <summary>The workspace of the signed-in member, known before any endpoint runs.</summary>
/// <remarks>Scoped. Reading it in an endpoint that lets people in who are not signed in is a bug and throws.</remarks>
internal sealed class CurrentWorkspace
{
    private Workspace? found;

    public bool IsKnown => found is not null;

    public string Id => Known.Id;

    public string Name => Known.Name;

    /// <summary>IANA name.</summary>
    public string Zone => Known.Zone;

    /// <summary>How late a post may still go out by itself.</summary>
    public TimeSpan LateAfter => TimeSpan.FromMinutes(Known.LateMinutes);

    /// <summary>What open pages of this workspace listen to.</summary>
    public string LiveTopic => LiveTopicOf(Id);

    /// <summary>Signal this when something the workspace's pages show has changed.</summary>
    public static string LiveTopicOf(string workspaceId) => $"live:{workspaceId}";

    /// <summary>An instant as this workspace's clocks show it, for the middle of a sentence.</summary>
    public string Say(DateTimeOffset at)
    {
        var local = PlannedTime.At(at, Zone);
        return string.Create(CultureInfo.InvariantCulture, $"{local.Day:d MMM yyyy}, {local.Time:HH:mm}");
    }

    internal void Enter(Workspace workspace) => found = workspace;

    private Workspace Known => found ?? throw new InvalidOperationException("This endpoint needs RequireAuthorization().");
}
