using Holdfast.Shell.Hosting;

namespace Holdfast.People.External;

/// <summary>The providers of this installation, by title.</summary>
public sealed class Providers
{
    private readonly IReadOnlyList<Provider> configured;
    private readonly IReadOnlyList<BringsProvider> brought;

    /// <exception cref="StartupException">A setting cannot be used; the message names the variable.</exception>
    internal Providers(IConfigurationSection section, IEnumerable<BringsProvider> brought)
    {
        configured = [.. section.GetChildren().Select(ProviderRule.Read)];
        this.brought = [.. brought];
    }

    public IReadOnlyList<Provider> All => [.. configured.Concat(brought.Select(bring => bring()).Where(one => configured.All(other => other.Name != one.Name))).OrderBy(provider => provider.Title, StringComparer.Ordinal)];

    public Provider? Find(string? name) => All.FirstOrDefault(provider => provider.Name == name);

    /// <summary>What people call it; a provider that is configured no longer keeps its name.</summary>
    public string TitleOf(string name) => Find(name)?.Title ?? name;
}
