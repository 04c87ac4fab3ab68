namespace Holdfast.Platform.Developers;

/// <summary>What the app form says about the icon.</summary>
internal abstract record IconUpload
{
    private IconUpload()
    {
    }

    /// <summary>Nothing: it stays as it is.</summary>
    public sealed record Keep : IconUpload;

    public sealed record Remove : IconUpload;

    public sealed record Replace(byte[] Bytes, string Extension) : IconUpload;

    public sealed record Refused(AppProblem Problem) : IconUpload;

    public static async Task<IconUpload> ReadAsync(IFormCollection form, CancellationToken aborted)
    {
        if (form.Files["icon"] is not { Length: > 0 } file)
            return form["remove_icon"] == "true" ? new Remove() : new Keep();
        using var copy = new MemoryStream();
        if (file.Length <= IconRule.Largest)
            await file.CopyToAsync(copy, aborted);
        var verdict = file.Length > IconRule.Largest ? new IconVerdict.Refused("icon.TooLarge") : IconRule.Decide(copy.ToArray());
        return verdict switch
        {
            IconVerdict.Fine(var extension) => new Replace(copy.ToArray(), extension),
            IconVerdict.Refused(var text) => new Refused(new AppProblem(AppField.Icon, text)),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }
}
