using Holdfast.Domain.Connections;
using Holdfast.Domain.Posts;
using static Holdfast.Domain.Connections.ConnectionState;

namespace Holdfast.Specs.Domain.Connections;

public sealed class ConnectionSpecs
{
    private static readonly DateTimeOffset T0 = DateTimeOffset.Parse("2026-11-22T09:00:00Z");
    private static readonly Account Ada = new("-000ada", "ada");
    private static readonly RenewalOutcome Renewed = new RenewalOutcome.Renewed(TimeSpan.FromHours(2), TimeSpan.FromDays(180));
    private static readonly RenewalOutcome Refused = new RenewalOutcome.Refused("invalid_grant", "log-1");
    private static readonly RenewalOutcome Lost = new RenewalOutcome.Passing("timeout", null);

    [Theory, Trait("scenario", "R3"), Trait("scenario", "R5"), Trait("scenario", "O17")]
    [InlineData("502")]
    [InlineData("dns")]
    [InlineData("no access_token in the answer")]
    public void Passing_trouble_changes_no_state_holds_nothing_and_tells_nobody(string reason)
    {
        var connection = Live();
        for (var attempt = 0; attempt < 200; attempt++)
        {
            var change = connection.Asking(T0).After(new RenewalOutcome.Passing(reason, "log"), At(T0));
            Assert.Equal(new Live(), change.Connection.State);
            Assert.Equal((PostsEffect.None, null, null), (change.Posts, change.Notice, change.Incident));
            Assert.Equal(attempt == 0, change.Entry is not null);
            Assert.True(change.Connection.RenewAt > T0);
            connection = change.Connection;
        }

        var healed = connection.Asking(T0).After(Renewed, At(T0));
        Assert.Equal((TimelineKind.Renewed, 201), (healed.Entry!.Kind, healed.Entry.Attempts));
        Assert.Equal(0, healed.Connection.Trail.Failures);
    }

    [Fact, Trait("scenario", "R4"), Trait("scenario", "N1")]
    public void A_refusal_ends_the_connection_exactly_once_and_keeps_the_log_id()
    {
        var change = Live().Asking(T0).After(Refused, At(T0));
        Assert.Equal(new NeedsSignIn(NeedsSignInReason.RefreshRefused), change.Connection.State);
        Assert.Equal(("invalid_grant", "log-1"), (change.Entry!.TikTokReason, change.Entry.LogId));
        Assert.Equal(NoticeKind.NeedsSignIn, change.Notice!.Kind);
        Assert.Equal(PostsEffect.Hold, change.Posts);
        Assert.Null(change.Connection.RenewAt);

        Assert.Equal(new ConnectionChange(change.Connection), change.Connection.After(Refused, At(T0)));
    }

    [Fact, Trait("scenario", "R6")]
    public void A_refusal_after_an_answer_that_was_lost_is_called_rotation_lost()
    {
        var lost = Live().Asking(T0).After(Lost, At(T0)).Connection;
        Assert.Equal(new NeedsSignIn(NeedsSignInReason.RotationLost), lost.Asking(T0).After(Refused, At(T0)).Connection.State);
    }

    [Fact, Trait("scenario", "R6")]
    public void A_process_killed_between_asking_and_saving_is_an_answer_lost()
    {
        var killed = Live().Asking(T0);
        var next = killed.Asking(T0.AddMinutes(1));
        Assert.Equal(new NeedsSignIn(NeedsSignInReason.RotationLost), next.After(Refused, At(T0)).Connection.State);
        Assert.Equal(new Live(), next.After(Renewed, At(T0)).Connection.State);
        Assert.Null(next.After(Renewed, At(T0)).Connection.Trail.UnansweredAt);
    }

    [Fact, Trait("scenario", "R6")]
    public void An_answer_that_cannot_have_rotated_is_not_blamed()
    {
        var busy = Live().Asking(T0).After(new RenewalOutcome.Passing("busy", null, MayHaveRotated: false), At(T0)).Connection;
        Assert.Equal(new NeedsSignIn(NeedsSignInReason.RefreshRefused), busy.Asking(T0).After(Refused, At(T0)).Connection.State);
    }

    [Fact]
    public void A_refresh_token_past_its_end_is_still_tried_and_then_named()
    {
        var old = Live() with { Life = new(T0, T0.AddHours(2), T0.AddDays(1)) };
        var now = T0.AddDays(2);
        Assert.True(old.IsDue(now));
        Assert.Equal(new NeedsSignIn(NeedsSignInReason.RefreshTokenEnded), old.Asking(now).After(Refused, At(now)).Connection.State);
    }

    [Fact, Trait("scenario", "R19")]
    public void A_wrong_client_secret_is_one_incident_and_marks_no_account()
    {
        var change = Live().Asking(T0).After(new RenewalOutcome.AppProblem("invalid_client", "log-2"), At(T0));
        Assert.Equal(new Incident("invalid_client", "log-2"), change.Incident);
        Assert.Equal((null, null, PostsEffect.None), (change.Entry, change.Notice, change.Posts));
        Assert.Equal(new Live(), change.Connection.State);
        Assert.Equal(new Live(), change.Connection.Asking(T0).After(Renewed, At(T0)).Connection.State);
    }

    [Fact, Trait("scenario", "R27")]
    public void Many_refusals_at_once_are_the_apps_and_disconnect_nobody()
    {
        var storm = At(T0) with { Weather = new(Refused: 3, Renewed: 0) };
        var change = Live().Asking(T0).After(Refused, storm);
        Assert.Equal(new Incident(Incident.RefusedByMany, "log-1"), change.Incident);
        Assert.Equal(new Live(), change.Connection.State);

        var mixed = At(T0) with { Weather = new(Refused: 3, Renewed: 1) };
        Assert.IsType<NeedsSignIn>(Live().Asking(T0).After(Refused, mixed).Connection.State);
    }

    [Fact, Trait("scenario", "R10")]
    public void Lifetimes_count_from_the_asking_not_from_a_slow_answer()
    {
        var renewed = Live().Asking(T0).After(Renewed, At(T0.AddSeconds(60))).Connection;
        Assert.Equal(T0.AddHours(2), renewed.Life.AccessEndsAt);
    }

    [Fact, Trait("scenario", "R11"), Trait("scenario", "R14")]
    public void Tokens_refused_again_and_again_get_two_renewals_and_then_one_clear_state()
    {
        var (connection, now, renewals) = (Live(), T0.AddMinutes(5), 0);
        ConnectionChange change;
        while ((change = connection.AfterTokenRefused(connection.Life.GrantedAt, "log", now)).Connection.State.IsUsable)
        {
            Assert.True(change.Connection.IsDue(now));
            renewals++;
            now = now.AddMinutes(1);
            connection = change.Connection.Asking(now).After(Renewed, At(now)).Connection;
            now = now.AddMinutes(1);
        }

        Assert.Equal(2, renewals);
        Assert.Equal(new NeedsSignIn(NeedsSignInReason.TokensNotAccepted), change.Connection.State);
        Assert.Equal((PostsEffect.Hold, NoticeKind.NeedsSignIn), (change.Posts, change.Notice!.Kind));

        // The token endpoint has not refused: renewing goes on, and a call that works heals it without a person.
        var later = change.Connection.Asking(now).After(Renewed, At(now)).Connection;
        Assert.True(later.RenewAt > now);
        var healed = later.AfterProfile("ada", now);
        Assert.Equal((new Live(), PostsEffect.Resume), (healed.Connection.State, healed.Posts));
    }

    [Fact, Trait("scenario", "R2")]
    public void A_refusal_of_a_token_that_was_replaced_meanwhile_proves_nothing()
    {
        var connection = Live();
        var renewed = connection.Asking(T0.AddHours(1)).After(Renewed, At(T0.AddHours(1))).Connection;
        Assert.Equal(new ConnectionChange(renewed), renewed.AfterTokenRefused(connection.Life.GrantedAt, null, T0.AddHours(1)));
    }

    [Fact, Trait("scenario", "R14")]
    public void Ten_calls_refused_at_once_ask_for_one_renewal()
    {
        var asked = Live().AfterTokenRefused(T0, null, T0.AddMinutes(3)).Connection;
        Assert.Equal(new ConnectionChange(asked), asked.AfterTokenRefused(T0, null, T0.AddMinutes(3)));
    }

    [Theory, Trait("scenario", "O10")]
    [InlineData(RemovalCause.ByUser, "needs-sign-in", "AccessRemoved")]
    [InlineData(RemovalCause.Unknown, "needs-sign-in", "AccessRemoved")]
    [InlineData(RemovalCause.ByApp, "needs-sign-in", "RevokedByApp")]
    [InlineData(RemovalCause.AccountDeleted, "restricted", "Deleted")]
    [InlineData(RemovalCause.AgeChanged, "restricted", "UnderAge")]
    [InlineData(RemovalCause.AccountBanned, "restricted", "Banned")]
    [Trait("scenario", "O15")]
    public void A_removal_delivered_twice_has_one_effect(RemovalCause cause, string word, string detail)
    {
        var change = Live().AfterRemoval(cause, T0.AddHours(1), T0.AddHours(1));
        Assert.Equal((word, detail), (change.Connection.State.Word, change.Connection.State.Detail));
        Assert.Equal(PostsEffect.Hold, change.Posts);
        Assert.NotNull(change.Notice);
        Assert.Equal(new ConnectionChange(change.Connection), change.Connection.AfterRemoval(cause, T0.AddHours(1), T0.AddHours(2)));
    }

    [Fact, Trait("scenario", "O10")]
    public void A_removal_from_before_the_latest_sign_in_is_old_news()
    {
        var connection = Live();
        Assert.Equal(new ConnectionChange(connection), connection.AfterRemoval(RemovalCause.ByUser, T0.AddMinutes(-16), T0.AddHours(1)));
    }

    [Theory, Trait("scenario", "O10")]
    [InlineData(-15)]
    [InlineData(0)]
    [InlineData(15)]
    public void A_removal_from_about_the_time_of_the_sign_in_is_asked_about_and_only_a_refusal_makes_it_true(int minutes)
    {
        var told = Live().AfterRemoval(RemovalCause.AccountBanned, T0.AddMinutes(minutes), T0.AddHours(0.3));
        Assert.Equal((new Live(), T0.AddHours(0.3), PostsEffect.None, null), (told.Connection.State, told.Connection.RenewAt, told.Posts, told.Notice));

        Assert.Equal(new Restricted(Restriction.Banned), told.Connection.Asking(T0).After(Refused, At(T0)).Connection.State);
        Assert.Equal(new Restricted(Restriction.Banned), told.Connection.Asking(T0).After(Refused, At(T0) with { Weather = new(9, 0) }).Connection.State);
        var renewed = told.Connection.Asking(T0).After(Renewed, At(T0)).Connection;
        Assert.Equal((new Live(), null), (renewed.State, renewed.Trail.Told));
    }

    [Fact, Trait("scenario", "N1")]
    public void A_better_reason_is_a_line_of_the_timeline_and_no_second_message()
    {
        var refused = Live().Asking(T0).After(Refused, At(T0)).Connection;
        var change = refused.AfterRemoval(RemovalCause.ByUser, T0, T0.AddSeconds(3));
        Assert.Equal(new NeedsSignIn(NeedsSignInReason.AccessRemoved), change.Connection.State);
        Assert.Equal((true, null, PostsEffect.None), (change.Entry is not null, change.Notice, change.Posts));
    }

    [Fact]
    public void A_renewal_that_was_under_way_does_not_undo_a_removal()
    {
        var removed = Live().Asking(T0).AfterRemoval(RemovalCause.ByUser, T0.AddHours(1), T0.AddHours(1)).Connection;
        Assert.Equal(removed.State, removed.After(Renewed, At(T0)).Connection.State);
        Assert.Null(removed.After(Renewed, At(T0)).Connection.RenewAt);
    }

    [Fact, Trait("scenario", "O11")]
    public void A_fixed_end_is_told_once_per_step_and_never_after_signing_in_again()
    {
        var connection = Live() with { Life = new(T0, T0.AddHours(2), T0.AddDays(40)) };
        var told = new List<string>();
        for (var now = T0; now < T0.AddDays(40); now += TimeSpan.FromHours(12))
        {
            connection = connection.Asking(now).After(new RenewalOutcome.Renewed(TimeSpan.FromHours(24)), At(now)).Connection;
            var change = connection.AsTimePasses(now);
            if (change.Notice is { Kind: NoticeKind.EndingSoon } notice)
                told.Add(notice.Cause);
            connection = change.Connection;
        }

        Assert.Equal(["30", "14", "7", "3", "1"], told);
        var again = connection.Reconnect(Ada, connection.Scopes, TokenLife.From(T0.AddDays(40), TimeSpan.FromHours(2), TimeSpan.FromDays(180)), At(T0.AddDays(40)));
        Assert.Equal((new Live(), null), (again.Connection.State, again.Notice));
    }

    [Fact, Trait("scenario", "O1")]
    public void Another_account_at_reconnect_is_refused_with_both_names()
    {
        var other = new Account("-000bruno", "bruno");
        Assert.Equal(new ReconnectAnswer.OtherAccount(Ada, other), ReconnectRule.Check(Ada, other));
        Assert.Equal(new ReconnectAnswer.SameAccount(), ReconnectRule.Check(Ada, Ada with { Name = "ada_2" }));
    }

    [Fact, Trait("scenario", "O14")]
    public void A_new_name_is_the_same_connection()
    {
        var change = Live().AfterProfile("ada_2", T0);
        Assert.Equal(Ada with { Name = "ada_2" }, change.Connection.Account);
        Assert.Equal(TimelineKind.Renamed, change.Entry!.Kind);
    }

    [Fact, Trait("scenario", "O2")]
    public void Fewer_scopes_switch_off_only_what_needs_them()
    {
        var connection = Live() with { Scopes = ScopeSet.Parse("video.list, user.info.basic,video.list") };
        Assert.Equal(["video.publish"], Abilities.Of(connection.Scopes, ["video.publish"]).Where(ability => ability.Ability is Ability.Publish && !ability.IsGranted).Select(ability => ability.Scope));
        Assert.True(connection.Scopes.Allows(Ability.ShowVideos));
        Assert.Equal(HoldReason.MissingScope, connection.BlocksPosts);
        Assert.Equal(new Live(), connection.State);
        Assert.Equal(ScopeSet.Of("user.info.basic", "video.list"), connection.Scopes);
        Assert.Null(Live().BlocksPosts);
    }

    [Fact]
    public void Disconnecting_holds_the_posts_and_no_late_news_brings_it_back()
    {
        var gone = Live().Disconnect("owner@example.test", T0);
        Assert.Equal(PostsEffect.Hold, gone.Posts);
        foreach (var change in (ConnectionChange[])[
            gone.Connection.Disconnect("again", T0),
            gone.Connection.AfterRemoval(RemovalCause.ByApp, T0, T0),
            gone.Connection.AfterAppChanged(T0),
            gone.Connection.After(Refused, At(T0))])
        {
            Assert.Equal(new ConnectionChange(gone.Connection), change);
        }
    }

    [Fact]
    public void Every_state_reads_back_as_it_was_stored()
    {
        ConnectionState[] states =
        [
            new Connecting(), new Live(), new EndingSoon(14), new Disconnected("ada@example.test"),
            .. Enum.GetValues<NeedsSignInReason>().Select(reason => new NeedsSignIn(reason)),
            .. Enum.GetValues<Restriction>().Select(kind => new Restricted(kind)),
        ];
        Assert.All(states, state => Assert.Equal(state, ConnectionState.Read(state.Word, state.Detail)));
    }

    private static RenewalContext At(DateTimeOffset now) => new(now, Jitter: 0.5);

    private static Connection Live() => Connection.Start(
        Ada,
        ScopeSet.Of("user.info.basic", "video.list", "video.publish"),
        TokenLife.From(T0, TimeSpan.FromHours(2), TimeSpan.FromDays(180)),
        At(T0)).AfterProfile("ada", T0).Connection;
}
