using System.Runtime.CompilerServices;

namespace Holdfast.Simulation.Stage;

/// <summary>A world is one thread and no connection is shared: SQLite need not lock for every call, nor count its memory.</summary>
internal static class QuickSqlite
{
    private const int MultiThread = 2;
    private const int MemoryStatus = 9;

    [ModuleInitializer]
    internal static void Configure()
    {
        SQLitePCL.Batteries_V2.Init();
        SQLitePCL.raw.sqlite3_config(MultiThread);
        SQLitePCL.raw.sqlite3_config(MemoryStatus, 0);
    }
}
