using Holdfast.Domain.Posts;
using static Holdfast.Domain.Errors.FailureClass;

namespace Holdfast.Domain.Errors;

/// <summary>The three vocabularies in which TikTok says no.</summary>
public static class ErrorTables
{
    /// <summary><c>error</c> of the token endpoint (tiktok-v2 §2.6).</summary>
    /// <remarks><c>invalid_request</c> is the app's: it is we who wrote the request, never the account.</remarks>
    public static ErrorTable OAuth { get; } = new(
    [
        new("invalid_grant", Account, Remedy.SignIn, HoldReason.NeedsSignIn),
        new("access_denied", Account, Remedy.SignIn, HoldReason.NeedsSignIn),
        new("invalid_client", App, Remedy.AppProblem, HoldReason.AppProblem),
        new("unauthorized_client", App, Remedy.AppProblem, HoldReason.AppProblem),
        new("invalid_request", App, Remedy.AppProblem, HoldReason.AppProblem),
        new("invalid_scope", App, Remedy.AppProblem, HoldReason.AppProblem),
        new("unsupported_grant_type", App, Remedy.AppProblem, HoldReason.AppProblem),
        new("unsupported_response_type", App, Remedy.AppProblem, HoldReason.AppProblem),
        new("server_error", Passing, Remedy.Wait, IsDefinite: false),
        new("temporarily_unavailable", Passing, Remedy.Wait),
    ]);

    /// <summary><c>error.code</c> of every other call (tiktok-v2 §7.2).</summary>
    /// <remarks>
    /// <c>access_token_invalid</c> concerns the account, yet ends nothing by itself: it asks for one forced renewal,
    /// and the token endpoint decides.
    /// </remarks>
    public static ErrorTable Api { get; } = new(
    [
        new("access_token_invalid", Account, Remedy.SignIn, HoldReason.NeedsSignIn),
        new("scope_not_authorized", Account, Remedy.SignIn, HoldReason.MissingScope),
        new("scope_permission_missed", Account, Remedy.SignIn, HoldReason.MissingScope),
        new("rate_limit_exceeded", Passing, Remedy.Wait),
        new("internal_error", Passing, Remedy.Wait, IsDefinite: false),
        new("invalid_params", FailureClass.Post, Remedy.FixSettings),
        new("invalid_param", FailureClass.Post, Remedy.FixSettings),
        new("invalid_file_upload", FailureClass.Post, Remedy.FixMedia),
        new("invalid_publish_id", FailureClass.Post, Remedy.None),
        new("token_not_authorized_for_specified_publish_id", FailureClass.Post, Remedy.None),
        new("publish_not_cancellable", FailureClass.Post, Remedy.None),
        new("app_version_check_failed", Account, Remedy.None),
        new("privacy_level_option_mismatch", FailureClass.Post, Remedy.FixSettings, HoldReason.PrivacyNotOffered),
        new("spam_risk_too_many_posts", Account, Remedy.Wait, HoldReason.DailyCap),
        new("spam_risk_too_many_pending_share", Account, Remedy.Wait, HoldReason.PendingDraftCap),
        new("spam_risk_user_banned_from_posting", Account, Remedy.None),
        new("reached_active_user_cap", App, Remedy.AppProblem, HoldReason.UserCap),
        new("unaudited_client_can_only_post_to_private_accounts", App, Remedy.FixSettings, HoldReason.AccountMustBePrivate),
        new("url_ownership_unverified", App, Remedy.AppProblem, HoldReason.AppProblem),
    ]);

    /// <summary><c>fail_reason</c> of a publish status: the verdict on a post that was already sent (tiktok-v2 §5.7).</summary>
    public static ErrorTable FailReasons { get; } = new(
    [
        new("file_format_check_failed", FailureClass.Post, Remedy.FixMedia),
        new("duration_check_failed", FailureClass.Post, Remedy.FixMedia),
        new("frame_rate_check_failed", FailureClass.Post, Remedy.FixMedia),
        new("picture_size_check_failed", FailureClass.Post, Remedy.FixMedia),
        new("internal", Passing, Remedy.Wait, HoldReason.TikTokUnavailable),
        new("video_pull_failed", FailureClass.Post, Remedy.FixMedia),
        new("photo_pull_failed", FailureClass.Post, Remedy.FixMedia),
        new("publish_cancelled", FailureClass.Post, Remedy.None),
        new("auth_removed", Account, Remedy.SignIn, HoldReason.NeedsSignIn),
        new("spam_risk_too_many_posts", Account, Remedy.Wait, HoldReason.DailyCap),
        new("spam_risk_user_banned_from_posting", Account, Remedy.None),
        new("spam_risk_text", FailureClass.Post, Remedy.FixSettings),
        new("spam_risk", FailureClass.Post, Remedy.None),
    ]);
}
