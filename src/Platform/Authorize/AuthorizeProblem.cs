namespace Holdfast.Platform.Authorize;

/// <summary>What is wrong with an authorization request; the words for the developer stand in Texts.json under <c>authorize.problem.…</c>.</summary>
internal enum AuthorizeProblem
{
    Unreadable, ClientKey, RedirectMissing, RedirectUnknown, ResponseType, State, ScopeMissing, ScopeUnknown, ScopeNotEnabled, ChallengeMissing, ChallengeMalformed, ChallengeMethod, NotApproved, NotTarget,
}

internal static class AuthorizeProblems
{
    /// <summary>The query values with which TikTok's own error page was seen (§1.6), without the log id.</summary>
    public static string Query(this AuthorizeProblem problem) => problem switch
    {
        AuthorizeProblem.Unreadable => "error=invalid_request&error_type=request",
        AuthorizeProblem.RedirectMissing or AuthorizeProblem.RedirectUnknown => "error=invalid_request&error_type=redirect_uri",
        AuthorizeProblem.ResponseType => "error=unsupported_response_type&error_type=response_type",
        AuthorizeProblem.State => "error=invalid_request&error_type=state",
        AuthorizeProblem.ScopeMissing => "error=invalid_scope&error_type=scope",
        AuthorizeProblem.ChallengeMissing or AuthorizeProblem.ChallengeMalformed => "error=param_error&errCode=10007&error_type=code_challenge",
        AuthorizeProblem.ChallengeMethod => "error=param_error&errCode=10008&error_type=code_challenge_method",
        // TikTok blames the key for a scope the app lacks and for a person who may not test; our page tells the truth.
        AuthorizeProblem.ClientKey or AuthorizeProblem.NotApproved or AuthorizeProblem.NotTarget or AuthorizeProblem.ScopeUnknown or AuthorizeProblem.ScopeNotEnabled => "error=unauthorized_client&error_type=client_key",
    };
}
