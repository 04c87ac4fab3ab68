using Holdfast.Domain.Errors;
using Holdfast.Domain.Posts;

namespace Holdfast.Specs.Domain.Errors;

public sealed class ErrorSpecs
{
    [Theory]
    [InlineData("invalid_grant", FailureClass.Account)]
    [InlineData("invalid_client", FailureClass.App)]
    [InlineData("unauthorized_client", FailureClass.App)]
    [InlineData("invalid_request", FailureClass.App)]
    [InlineData("server_error", FailureClass.Passing)]
    [InlineData("temporarily_unavailable", FailureClass.Passing)]
    [InlineData("a_code_from_next_year", FailureClass.Passing)]
    [InlineData(null, FailureClass.Passing)]
    [Trait("scenario", "R3"), Trait("scenario", "R19")]
    public void Only_what_is_proven_about_an_account_is_held_against_it(string? code, FailureClass expected) =>
        Assert.Equal(expected, ErrorTables.OAuth[code].Class);

    [Theory]
    [InlineData("access_token_invalid", FailureClass.Account)]
    [InlineData("rate_limit_exceeded", FailureClass.Passing)]
    [InlineData("reached_active_user_cap", FailureClass.App)]
    [InlineData("unaudited_client_can_only_post_to_private_accounts", FailureClass.App)]
    [InlineData("invalid_params", FailureClass.Post)]
    [InlineData("invalid_param", FailureClass.Post)]
    public void Every_code_of_the_API_has_its_class(string code, FailureClass expected) =>
        Assert.Equal(expected, ErrorTables.Api[code].Class);

    [Fact]
    public void An_unknown_code_proves_nothing_and_says_so()
    {
        var rule = ErrorTables.Api["a_code_from_next_year"];
        Assert.Equal((FailureClass.Passing, false, "error.unknown"), (rule.Class, rule.IsDefinite, rule.TextKey));
    }

    [Fact]
    public void App_problems_hold_posts_and_never_fail_them() =>
        Assert.All(ErrorTables.Api.All.Where(rule => rule.Class is FailureClass.App), rule => Assert.NotNull(rule.Hold));

    [Fact, Trait("scenario", "P9")]
    public void Every_documented_fail_reason_is_known() => Assert.All(
        "file_format_check_failed duration_check_failed frame_rate_check_failed picture_size_check_failed internal video_pull_failed photo_pull_failed publish_cancelled auth_removed spam_risk_too_many_posts spam_risk_user_banned_from_posting spam_risk_text spam_risk"
            .Split(' '),
        reason => Assert.True(ErrorTables.FailReasons[reason].IsKnown));

    [Fact]
    public void Nothing_that_waits_for_us_asks_a_person_to_mend_it() => Assert.All(
        ErrorTables.Api.All.Concat(ErrorTables.FailReasons.All).Where(rule => rule.Hold is { } hold && HoldRule.Ends(hold) is HoldEnds.ByItself),
        rule => Assert.Contains(rule.Remedy, (Remedy[])[Remedy.Wait, Remedy.AppProblem]));
}
