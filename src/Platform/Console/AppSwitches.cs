using Holdfast.Platform.Tokens;
using Holdfast.Storage;

namespace Holdfast.Platform.Console;

/// <summary>What the console changes about one app: whether TikTok has audited it (§5.10), and how its refresh tokens rotate.</summary>
internal sealed class AppSwitches(Database database)
{
    public const string Usual = "usual";

    public Task<IReadOnlyList<SwitchedApp>> ListAsync(CancellationToken aborted) => database.ReadAsync(session => session.ListAsync<SwitchedApp>(
        "select client_key, name, is_audited, refresh_mode from app where disabled_at is null order by name, id limit 500"), aborted);

    /// <summary>What is <c>null</c> stays. <c>false</c> when there is no such app.</summary>
    /// <param name="refreshMode"><see cref="Usual"/> for the Platform's own.</param>
    public Task<bool> ChangeAsync(string clientKey, bool? isAudited, string? refreshMode, CancellationToken aborted) => database.WriteAsync(async session =>
        await session.RunAsync("""
            update app set is_audited = coalesce(cast(@isAudited as boolean), is_audited), refresh_mode = case when @keeps then refresh_mode else cast(@mode as text) end
            where client_key = @clientKey and disabled_at is null
            """, new { clientKey, isAudited, keeps = refreshMode is null, mode = refreshMode is Usual ? null : refreshMode }) == 1, aborted);

    public static IReadOnlyList<string> Modes { get; } = [Usual, .. Enum.GetNames<RefreshMode>().Select(mode => mode.ToLowerInvariant())];
}

/// <summary>An app and its switches.</summary>
public sealed record SwitchedApp
{
    public string ClientKey { get; init; } = "";
    public string Name { get; init; } = "";
    public bool IsAudited { get; init; }
    public string? RefreshMode { get; init; }
}
