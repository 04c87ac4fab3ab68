using System.Reflection;
using Xunit.Sdk;
using Xunit.v3;

namespace Holdfast.Specs.Shell.Components;

/// <summary>Both apps in both themes.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class CombinatorialAppsAttribute : DataAttribute
{
    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker) =>
        new([.. from app in new[] { "studio", "platform" } from dark in new[] { false, true } select new TheoryDataRow<string, bool>(app, dark)]);

    public override bool SupportsDiscoveryEnumeration() => true;
}
