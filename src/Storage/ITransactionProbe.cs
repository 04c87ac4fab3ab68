namespace Holdfast.Storage;

/// <summary>Where the simulation stands at the door: it delays or crashes here, so that races between transactions become visible.</summary>
public interface ITransactionProbe
{
    /// <summary>Before a transaction begins. Throwing is a crash in which nothing was written.</summary>
    Task BeforeAsync();

    /// <summary>As <see cref="BeforeAsync"/>, before one that writes: a database may refuse these alone.</summary>
    Task BeforeWriteAsync() => BeforeAsync();

    /// <summary>After the commit, before the caller knows. Throwing is a crash in which everything was written.</summary>
    Task AfterCommitAsync();
}
