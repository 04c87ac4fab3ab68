using Holdfast.Domain.Posts;

namespace Holdfast.Domain.Errors;

/// <summary>What one of TikTok's codes means to us.</summary>
/// <param name="Code">TikTok's word, unchanged.</param>
/// <param name="Class">Whom it concerns.</param>
/// <param name="Remedy">What a person can do.</param>
/// <param name="Hold">The post waits with this reason instead of failing; null when waiting cannot help.</param>
/// <param name="IsDefinite">TikTok looked at the request and did not do it, so sending it again cannot do it twice.</param>
/// <param name="IsKnown">The code stands in our table.</param>
public sealed record ErrorRule(string Code, FailureClass Class, Remedy Remedy, HoldReason? Hold = null, bool IsDefinite = true, bool IsKnown = true)
{
    /// <summary>The key of the sentence for people; the code itself is shown beside it.</summary>
    public string TextKey => IsKnown ? $"error.{Code}" : "error.unknown";

    internal static ErrorRule Unknown(string code) => new(code, FailureClass.Passing, Remedy.Wait, IsDefinite: false, IsKnown: false);
}
