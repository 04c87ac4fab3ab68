using System.Reflection;

namespace Holdfast.Storage;

/// <summary>Numbered SQL resources, applied once each, in order, under a lock. A landed file is never edited.</summary>
public static class Migrations
{
    /// <summary>Brings <paramref name="database"/> to the newest schema of every assembly, in the order given.</summary>
    /// <remarks>Files are <c>Schema/0001-name.sql</c> in an assembly; the assembly's name is part of a migration's identity. Lines below <c>--- on SQLite</c> or <c>--- on PostgreSql</c> run on that engine alone.</remarks>
    /// <exception cref="NewerSchemaException">The database was written by a newer Holdfast.</exception>
    public static Task ApplyAsync(Database database, TimeProvider clock, params IEnumerable<Assembly> assemblies) =>
        database.MigrateUnderLockAsync(async session =>
        {
            await session.ExecuteRawAsync("create table if not exists migration (name text primary key, applied_at bigint not null)");
            var applied = (await session.ListAsync<string>("select name from migration")).ToHashSet(StringComparer.Ordinal);
            var known = assemblies.SelectMany(FilesOf).ToList();

            var strangers = applied.Except(known.Select(file => file.Name), StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
            if (strangers.Count > 0)
                throw new NewerSchemaException($"This database was written by a newer Holdfast (it has {strangers[0]}). Start that version, or restore a backup from before the upgrade.");

            foreach (var file in known.Where(file => !applied.Contains(file.Name)))
            {
                await session.ExecuteRawAsync(For(session.Engine, file.Sql()));
                await session.RunAsync("insert into migration (name, applied_at) values (@Name, @now)", new { file.Name, now = clock.GetUtcNow() });
            }
        });

    /// <summary>How a database stands against the schemas there are, without changing it: files that are not applied yet, and applied ones that this version does not know.</summary>
    public static Task<(IReadOnlyList<string> Pending, IReadOnlyList<string> Strangers)> CompareAsync(Database database, params IEnumerable<Assembly> assemblies) =>
        database.ReadAsync<(IReadOnlyList<string>, IReadOnlyList<string>)>(async session =>
        {
            var applied = await session.ListAsync<string>("select name from migration");
            var known = assemblies.SelectMany(FilesOf).Select(file => file.Name).ToList();
            return ([.. known.Except(applied, StringComparer.Ordinal)], [.. applied.Except(known, StringComparer.Ordinal)]);
        });

    private static IEnumerable<(string Name, Func<string> Sql)> FilesOf(Assembly assembly) =>
        assembly.GetManifestResourceNames()
            .Where(resource => resource.StartsWith("Schema/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(resource => ($"{assembly.GetName().Name}/{resource["Schema/".Length..]}", (Func<string>)(() => Read(assembly, resource))));

    private static string For(Engine engine, string sql)
    {
        var sections = sql.Split("\n--- on ");
        return string.Concat(sections.Skip(1).Where(section => section.StartsWith(engine.ToString(), StringComparison.OrdinalIgnoreCase)).Select(section => section[section.IndexOf('\n', StringComparison.Ordinal)..]).Prepend(sections[0] + "\n"));
    }

    private static string Read(Assembly assembly, string resource)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!); // the name came from the manifest
        return reader.ReadToEnd();
    }
}

/// <summary>The database holds more than this version knows.</summary>
public sealed class NewerSchemaException(string message) : InvalidOperationException(message);
