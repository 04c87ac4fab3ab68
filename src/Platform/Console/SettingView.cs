using Holdfast.Platform.Api;
using Holdfast.Platform.Developers.Review;
using Holdfast.Platform.Overrides;
using Holdfast.Platform.Posting;
using Holdfast.Platform.Tokens;

namespace Holdfast.Platform.Console;

/// <summary>A setting as it stands now.</summary>
/// <param name="Configured">Without the console.</param>
/// <param name="Set">What a person set here; <c>null</c> when nobody did.</param>
/// <param name="Story">The weather that says otherwise for now.</param>
public sealed record SettingView(Setting Setting, string Value, string Configured, string? Set, string? Story, DateTimeOffset? EndsAt);

internal sealed class SettingViews(LiveOptions<TokenOptions> tokens, LiveOptions<PostingOptions> posting, LiveOptions<RateLimitOptions> limits, LiveOptions<ReviewOptions> review, KnownOverrides overrides, TimeProvider clock)
{
    public IReadOnlyList<SettingView> List()
    {
        object[] now = [tokens.Value, posting.Value, limits.Value, review.Value];
        object[] configured = [tokens.Configured(), posting.Configured(), limits.Configured(), review.Configured()];
        var live = overrides.LiveAt(clock.GetUtcNow()).ToList();
        return [.. SettingTable.All.Select(setting => View(setting, Say(setting, now), Say(setting, configured), [.. live.Where(one => one.Name == setting.Name)]))];
    }

    private static SettingView View(Setting setting, string value, string configured, IReadOnlyList<Override> over)
    {
        var story = over.FirstOrDefault(one => one.Story.Length > 0);
        return new SettingView(setting, value, configured, over.FirstOrDefault(one => one.Story.Length == 0)?.Value, story?.Story, story?.EndsAt);
    }

    private static string Say(Setting setting, object[] options) => options.Select(setting.Say).OfType<string>().First();
}
