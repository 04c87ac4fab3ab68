using Holdfast.Platform.Api;
using Holdfast.Platform.Developers.Review;
using Holdfast.Platform.Posting;
using Holdfast.Platform.Tokens;

namespace Holdfast.Platform.Overrides;

/// <summary>Every setting the console can change (§10.1), within the bounds of the configuration's own.</summary>
internal static class SettingTable
{
    private const string Tokens = "tokens";
    private const string Posting = "posting";

    public static IReadOnlyList<Setting> All { get; } =
    [
        Setting.Span<TokenOptions>("access_token_lifetime", Tokens, TimeSpan.FromSeconds(1), TimeSpan.FromDays(365), options => options.AccessFor, (options, span) => options.AccessFor = span),
        Setting.Span<TokenOptions>("refresh_token_lifetime", Tokens, TimeSpan.FromSeconds(1), TimeSpan.FromDays(3650), options => options.RefreshFor, (options, span) => options.RefreshFor = span),
        Setting.Span<TokenOptions>("code_lifetime", Tokens, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1), options => options.CodeFor, (options, span) => options.CodeFor = span),
        Setting.Choice<TokenOptions, RefreshMode>("refresh_mode", Tokens, options => options.RefreshMode, (options, mode) => options.RefreshMode = mode),
        Setting.Switch<TokenOptions>("refresh_end_carries_over", Tokens, options => options.CarryRefreshEndOver, (options, on) => options.CarryRefreshEndOver = on),
        Setting.Switch<TokenOptions>("oauth_errors_as_200", Tokens, options => options.ErrorsAreOk, (options, on) => options.ErrorsAreOk = on),
        Setting.Span<PostingOptions>("processing_delay", Posting, TimeSpan.Zero, TimeSpan.FromDays(1), options => options.ProcessingFor, (options, span) => options.ProcessingFor = span),
        Setting.Span<PostingOptions>("moderation_delay", Posting, TimeSpan.Zero, TimeSpan.FromDays(7), options => options.ModerationFor, (options, span) => options.ModerationFor = span),
        Setting.Span<PostingOptions>("upload_url_lifetime", Posting, TimeSpan.FromSeconds(1), TimeSpan.FromDays(1), options => options.UploadFor, (options, span) => options.UploadFor = span),
        Setting.Span<PostingOptions>("pull_lifetime", Posting, TimeSpan.FromSeconds(1), TimeSpan.FromDays(1), options => options.PullFor, (options, span) => options.PullFor = span),
        Setting.Number<PostingOptions>("posts_per_day", Posting, 0, options => options.PostsPerDay, (options, number) => options.PostsPerDay = number),
        Setting.Number<PostingOptions>("unaudited_creators_per_day", Posting, 1, options => options.UnauditedCreatorsPerDay, (options, number) => options.UnauditedCreatorsPerDay = number),
        Setting.Number<PostingOptions>("audited_creators_per_day", Posting, 0, options => options.AuditedCreatorsPerDay, (options, number) => options.AuditedCreatorsPerDay = number),
        Setting.Choice<ReviewOptions, ReviewMode>("app_review", "review", options => options.Review, (options, mode) => options.Review = mode),
        Setting.Switch<RateLimitOptions>("rate_limits", "limits", options => options.Enabled, (options, on) => options.Enabled = on),
    ];

    public static Setting? Find(string name) => All.FirstOrDefault(setting => setting.Name == name);
}
