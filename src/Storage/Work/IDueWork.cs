namespace Holdfast.Storage.Work;

/// <summary>Work whose due instant is a column on its own row.</summary>
/// <remarks>A host runs it through <see cref="DueWorker"/>; the simulation calls <see cref="RunDueAsync"/> itself.</remarks>
public interface IDueWork
{
    /// <summary>The signal topic that says a row may have become due.</summary>
    string Topic { get; }

    /// <summary>How many rows may be worked on side by side on this node.</summary>
    int Concurrency => 1;

    /// <summary>The statement that frees what a process which has died had claimed, or lets it last until <c>@soon</c>, where a call that process made may still be under way. <c>null</c> leaves claims as they are.</summary>
    string? Free => null;

    /// <summary>What has to be known before any work of this process begins.</summary>
    Task BeforeStartAsync() => Task.CompletedTask;

    /// <summary>Claims and does what is due; <c>true</c> when there may be more.</summary>
    /// <param name="stopping">Ends the wait between two rows, never a call that may have changed the world.</param>
    Task<bool> RunDueAsync(CancellationToken stopping);
}
