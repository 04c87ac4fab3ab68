namespace Holdfast.Shell.Components;

/// <summary>The ids that tie a control to its hint and its error, the same in every form component.</summary>
internal readonly record struct FieldIds(string Id, bool HasHint, bool HasError)
{
    public string Hint => $"{Id}-hint";
    public string Error => $"{Id}-error";

    /// <summary>The error is read first: it is why the person is back.</summary>
    public string? DescribedBy => (HasError, HasHint) switch
    {
        (true, true) => $"{Error} {Hint}",
        (true, false) => Error,
        (false, true) => Hint,
        (false, false) => null,
    };

    public string? Invalid => HasError ? "true" : null;
}
