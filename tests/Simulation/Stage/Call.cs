namespace Holdfast.Simulation.Stage;

/// <summary>One request as the wire saw it.</summary>
internal sealed class Call(string method, string path, byte[] body)
{
    private static readonly byte[] Renewal = "grant_type=refresh_token"u8.ToArray();

    public string Method => method;

    public string Path => path;

    public byte[] Body => body;

    public bool IsToken { get; } = path.StartsWith("/v2/oauth/token", StringComparison.Ordinal);

    public bool IsRenewal { get; } = path.StartsWith("/v2/oauth/token", StringComparison.Ordinal) && body.AsSpan().IndexOf(Renewal) >= 0;

    /// <summary>The refresh token it carries.</summary>
    public string? RefreshToken { get; } = path.StartsWith("/v2/oauth/token", StringComparison.Ordinal) ? Field(System.Text.Encoding.ASCII.GetString(body), "refresh_token=") : null;

    /// <summary>The path without what differs from run to run.</summary>
    public string Steady => path.StartsWith("/v2/", StringComparison.Ordinal) ? path : "/" + path.Split('/', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault();

    private static string? Field(string form, string name)
    {
        var at = form.IndexOf("&" + name, StringComparison.Ordinal);
        if (at < 0)
            return null;
        var from = at + name.Length + 1;
        var end = form.IndexOf('&', from);
        return Uri.UnescapeDataString(end < 0 ? form[from..] : form[from..end]);
    }
}
