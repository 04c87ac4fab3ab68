namespace Holdfast.Storage;

/// <summary>The two databases every statement of ours runs on.</summary>
public enum Engine
{
    /// <summary>Embedded: WAL, one writer, many readers.</summary>
    Sqlite,

    /// <summary>For a second node or a bigger team.</summary>
    PostgreSql,
}
