using System.Data;
using System.Globalization;
using Dapper;

namespace Holdfast.Storage;

/// <summary>How our values travel to both engines.</summary>
internal static class DapperTypes
{
    private static readonly Lazy<bool> Registered = new(() =>
    {
        DefaultTypeMap.MatchNamesWithUnderscores = true;
        SqlMapper.RemoveTypeMap(typeof(DateTimeOffset));
        SqlMapper.RemoveTypeMap(typeof(DateTimeOffset?));
        SqlMapper.AddTypeHandler(new InstantHandler());
        SqlMapper.ConnectionStringComparer = new EngineOnly();
        return true;
    });

    public static void Register() => _ = Registered.Value;

    /// <summary>What Dapper writes for a statement depends on the engine, not on which file or schema it runs in: it is written once and not again for the reader, the writer and each database.</summary>
    private sealed class EngineOnly : IEqualityComparer<string>
    {
        public bool Equals(string? one, string? other) => IsServer(one) == IsServer(other);

        public int GetHashCode(string text) => IsServer(text) ? 1 : 0;

        // Npgsql spells its keywords out this way, whatever it was given.
        private static bool IsServer(string? text) => text?.Contains("Host=", StringComparison.Ordinal) is true;
    }

    /// <summary>Instants are <c>bigint</c> Unix milliseconds: both engines order and compare them alike.</summary>
    private sealed class InstantHandler : SqlMapper.TypeHandler<DateTimeOffset>
    {
        public override DateTimeOffset Parse(object value) =>
            DateTimeOffset.FromUnixTimeMilliseconds(Convert.ToInt64(value, CultureInfo.InvariantCulture));

        public override void SetValue(IDbDataParameter parameter, DateTimeOffset value)
        {
            parameter.DbType = DbType.Int64;
            parameter.Value = value.ToUnixTimeMilliseconds();
        }
    }
}
