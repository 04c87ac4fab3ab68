using System.Net;
using System.Web;
using Holdfast.Simulation.Stage;

namespace Holdfast.Simulation;

/// <summary>Ways to break one guard of Studio from outside: what it hears, what it sends, and what its rows say.</summary>
internal static class Sabotage
{
    private static readonly TimeSpan LongerThanAnyClaim = TimeSpan.FromMinutes(4);

    /// <summary>An outage is heard as "no".</summary>
    public static void PassingErrorsAreRefusals(Month month) => month.World.Tamper = answer => answer.StatusCode is HttpStatusCode.ServiceUnavailable
        ? new HttpResponseMessage(HttpStatusCode.BadRequest) { Content = new StringContent("""{"error":"invalid_grant","error_description":"","log_id":"x"}""", null, "application/json") }
        : answer;

    /// <summary>The pair of every third renewal is thrown away, as by a program that dies before saving it.</summary>
    public static void PairsAreSavedLate(Month month)
    {
        var renewals = 0;
        month.World.Tamper = answer => answer.RequestMessage is { RequestUri.AbsolutePath: "/v2/oauth/token/" } && !month.World.Weather.Fair && ++renewals % 3 == 0 ? new HttpResponseMessage(HttpStatusCode.BadGateway) : answer;
    }

    /// <summary>What was sent and not yet confirmed is forgotten, so the next step is a second init.</summary>
    public static void UnknownInitsAreRepeated(Month month) => AllTheTime(month, """
        update post set state = 'Scheduled', init_sent_at = null, initialised_at = null, publish_id = null, upload_url = null, bytes_sent = 0, received_at = null, next_step_at = due_at, fence = fence + 1
        where state in ('Unconfirmed', 'Processing') and lease_until < updated_at + 120000
        """);

    /// <summary>Whoever looks may renew.</summary>
    public static void NothingIsClaimed(Month month) => AllTheTime(month, "update connection set renew_at = case when lease_until > 0 then 1 else renew_at end, lease_until = 0 where refresh_token is not null");

    /// <summary>A claim has no number, and nodes stand still for longer than one lasts just when they renew.</summary>
    public static void ClaimsAreNotFenced(Month month)
    {
        month.World.Alter("create temp trigger no_fence after update of fence on connection when new.fence > old.fence begin update connection set fence = old.fence where id = new.id; end");
        StandStillWhileRenewing(month);
    }

    /// <summary>Every twelfth answer to a renewal finds its node about to stand still for longer than a claim lasts.</summary>
    public static void StandStillWhileRenewing(Month month)
    {
        var (world, renewals) = (month.World, 0);
        world.Tamper = answer =>
        {
            if (answer.RequestMessage?.RequestUri?.AbsolutePath is "/v2/oauth/token/" && ++renewals % 12 == 0 && world.Nodes.All(node => node.IsUp)
                && world.Nodes.FirstOrDefault(node => !world.Ledger.IsQuiet(node.Clock)) is { Clock: var clock })
            {
                clock.Pause();
                _ = GoOnAsync(clock);
            }
            return answer;
        };

        async Task GoOnAsync(NodeClock clock)
        {
            await world.Clock.After(LongerThanAnyClaim);
            clock.Resume();
        }
    }

    /// <summary>Every tenth renewal is asked with a token from before, as by a worker that has not read the row again.</summary>
    public static void RowsAreNotReadAgain(Month month)
    {
        var (renewals, old) = (0, "");
        month.World.TamperRequest = request =>
        {
            if (request.RequestUri?.AbsolutePath is not "/v2/oauth/token/")
                return;
            var form = HttpUtility.ParseQueryString(request.Content!.ReadAsStringAsync().GetAwaiter().GetResult()); // a token call has a form
            if (form["refresh_token"] is not { } token)
                return;
            if (++renewals % 10 == 0)
                (form["refresh_token"], old) = (old, token);
            else if (renewals % 10 == 1)
                old = token;
            request.Content = new FormUrlEncodedContent(form.AllKeys.Select(key => KeyValuePair.Create(key!, form[key])));
        };
    }

    /// <summary>What was told once is told again, under another number.</summary>
    public static void NoticesGoOutTwice(Month month) => AllTheTime(month, "update notice_delivery set id = id || 'x', done_at = null, next_step_at = 1 where done_at is not null and length(id) = 26");

    public static void NoticesGetLost(Month month) =>
        month.World.Alter("create temp trigger no_notice after insert on notice when new.kind = 'NeedsSignIn' begin delete from notice where id = new.id; end");

    /// <summary>What was held and went on is let go on once more when it is out.</summary>
    public static void HeldPostsResumeTwice(Month month) => month.World.Alter("""
        create temp trigger twice after update of state on post when new.state = 'Published' and old.state <> 'Published' and exists (select 1 from post_event where post_id = new.id and state = 'Held')
          and not exists (select 1 from post_event where post_id = new.id and state = 'Published')
        begin
          update post set state = 'Scheduled', init_sent_at = null, initialised_at = null, publish_id = null, upload_url = null, bytes_sent = 0, received_at = null, video_id = null, next_step_at = due_at, fence = fence + 1
          where id = new.id;
        end
        """);

    /// <summary>However late, it goes out.</summary>
    public static void LateRuleIsIgnored(Month month) => month.World.Alter("update workspace set late_minutes = 1000000");

    /// <summary>A timer that nobody keeps.</summary>
    public static void PostsAreForgotten(Month month) => AllTheTime(month, "update post set next_step_at = null where state = 'Scheduled' and id = (select max(id) from post where state = 'Scheduled')");

    /// <summary>Held for a reason that is not so.</summary>
    public static void HoldsAreMadeUp(Month month) => AllTheTime(month, """
        update post set state = 'Held', hold = 'NeedsSignIn', next_step_at = null where state = 'Scheduled' and id = (
          select post.id from post join connection on connection.id = post.connection_id where connection.state = 'live' and post.state = 'Scheduled' order by post.due_at limit 1)
        """);

    /// <summary>An end nobody refused.</summary>
    public static void EndsAreMadeUp(Month month) => month.World.Alter("""
        create temp trigger made_up after insert on connection_event when new.kind = 'Renewed' and new.id like '%3' begin
          update connection set state = 'needs-sign-in', state_reason = 'RefreshRefused', renew_at = null where id = new.connection_id;
          insert into connection_event (id, workspace_id, connection_id, at, kind, cause, attempts) values (new.id || 'x', new.workspace_id, new.connection_id, new.at, 'SignInNeeded', 'RefreshRefused', 1);
        end
        """);

    /// <summary>A removal from before the sign-in, delivered after it and believed.</summary>
    public static void OldRemovalsAreBelieved(Month month) => month.World.Alter("""
        create temp trigger old_news after insert on connection_event when new.kind = 'Reconnected' begin
          update connection set state = 'needs-sign-in', state_reason = 'AccessRemoved', renew_at = null where id = new.connection_id;
          insert into connection_event (id, workspace_id, connection_id, at, kind, cause, attempts) values (new.id || 'x', new.workspace_id, new.connection_id, new.at, 'SignInNeeded', 'AccessRemoved', 1);
        end
        """);

    /// <summary>A helpful line in the log.</summary>
    public static void TokensAreLogged(Month month) => month.World.Tamper = answer =>
    {
        if (answer.RequestMessage is { RequestUri.AbsolutePath: "/v2/oauth/token/" })
            month.World.Log.CreateLogger("sabotage").Log(LogLevel.Information, "answered {Body}", answer.Content.ReadAsStringAsync().GetAwaiter().GetResult());
        return answer;
    };

    private static void AllTheTime(Month month, string sql) => month.World.Pump.EveryTick = () =>
    {
        month.World.Alter(sql);
        month.World.Stir();
        return Task.CompletedTask;
    };
}
