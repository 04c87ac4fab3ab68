namespace Holdfast.Specs.Contract;

/// <summary>Form encoding, read without the help of the code under test.</summary>
internal static class FormText
{
    public static IReadOnlyList<(string Name, string Value)> Read(string text) =>
    [
        .. text.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries).Select(ContractFile.Pair).Select(pair => (Decode(pair.Name), Decode(pair.Value))),
    ];

    private static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}
