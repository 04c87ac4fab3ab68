using Holdfast.Shell.Outside;

namespace Holdfast.Platform.Webhooks;

/// <summary>Which sentence tells what happened.</summary>
internal static class DeliveryWords
{
    /// <summary>The key of the sentence about a failure as it is stored.</summary>
    public static string Failure(string? name) => Enum.TryParse<OutsideProblem>(name, out _) ? $"outside.problem.{name}" : $"outside.failure.{name ?? nameof(OutsideFailure.Broken)}";
}
