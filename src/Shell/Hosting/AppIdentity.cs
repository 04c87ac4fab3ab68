namespace Holdfast.Shell.Hosting;

/// <summary>Which of our two apps this host is.</summary>
/// <remarks>Both run on <c>localhost</c> and so share one cookie jar across ports: every name that reaches a browser carries the app.</remarks>
/// <param name="Name"><c>studio</c> or <c>platform</c>: database, schema, key ring and cookies are named after it.</param>
public sealed record AppIdentity(string Name)
{
    /// <summary>The name of a cookie of this app; <c>__Host-</c> binds it to one origin where the browser lets us (https only).</summary>
    public string Cookie(string purpose, bool https) => $"{(https ? "__Host-" : "")}hf_{Name}_{purpose}";
}
