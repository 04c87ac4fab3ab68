namespace Holdfast.TikTok;

/// <summary>What a refusal asks of the caller.</summary>
public enum TikTokErrorClass
{
    /// <summary>Nobody's fault for long, or a code this library does not know: wait and try again.</summary>
    Passing,

    /// <summary>The access token does not work: renew it, then repeat the call once.</summary>
    TokenProblem,

    /// <summary>The account did not grant what the call needs: ask for another authorization.</summary>
    ScopeMissing,

    /// <summary>Too many calls in the minute: wait (tiktok-v2 §7.4).</summary>
    RateLimited,

    /// <summary>TikTok limits this creator for now; other accounts are not affected.</summary>
    CreatorLimit,

    /// <summary>The app itself is limited (not audited, quota of users, unverified address); no account can help.</summary>
    AppLimit,

    /// <summary>The request is wrong and stays wrong until it is changed.</summary>
    BadRequest,
}

/// <summary>Sorts TikTok's error codes (tiktok-v2 §7.2).</summary>
public static class TikTokErrorClasses
{
    /// <summary>The class of a code; <see cref="TikTokErrorClass.Passing"/> for one that is not in the list.</summary>
    /// <param name="code">An <c>error.code</c> of the API, compared exactly.</param>
    public static TikTokErrorClass Of(string code) => code switch
    {
        "access_token_invalid" => TikTokErrorClass.TokenProblem,
        "scope_not_authorized" or "scope_permission_missed" => TikTokErrorClass.ScopeMissing,
        "rate_limit_exceeded" => TikTokErrorClass.RateLimited,
        "spam_risk" or "spam_risk_text" or "spam_risk_too_many_posts" or "spam_risk_user_banned_from_posting"
            or "spam_risk_too_many_pending_share" or "app_version_check_failed" => TikTokErrorClass.CreatorLimit,
        "reached_active_user_cap" or "unaudited_client_can_only_post_to_private_accounts"
            or "url_ownership_unverified" => TikTokErrorClass.AppLimit,
        "invalid_params" or "invalid_param" or "invalid_file_upload" or "invalid_publish_id" or "privacy_level_option_mismatch"
            or "token_not_authorized_for_specified_publish_id" or "publish_not_cancellable" => TikTokErrorClass.BadRequest,
        _ => TikTokErrorClass.Passing,
    };
}
