using System.Text;
using Holdfast.Platform.Developers;
using Holdfast.Platform.Faults;
using Holdfast.Shell.Outside;
using Holdfast.Shell.Sealing;
using Holdfast.Storage;
using Holdfast.Storage.Work;

namespace Holdfast.Platform.Webhooks;

/// <summary>Sends events to the apps they are for (§6.1): at least once, in no order, 200 alone is heard.</summary>
internal sealed class DeliverWebhooks(
    Database database, DeliveryStore deliveries, AppSecrets secrets, IWebhookCarrier carrier, WebhookFaults faults, ISecretSource chance, TimeProvider clock, ILogger<DeliverWebhooks> log) : IDueWork
{
    private static readonly TimeSpan HeldFor = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestSlow = TimeSpan.FromSeconds(20);

    public string Topic => WebhookQueue.Topic;

    public int Concurrency => 8;

    public async Task<bool> RunDueAsync(CancellationToken stopping)
    {
        if (await deliveries.ClaimDueAsync(stopping) is not { } delivery)
            return false;
        // From here on it is seen through: the call has its own deadline.
        switch (await TargetAsync(delivery.AppId))
        {
            case ({ } cause, _, _):
                await deliveries.HoldAsync(delivery, cause, clock.GetUtcNow() + HeldFor);
                break;
            case (_, var url, var secret):
                await SendAsync(delivery, url, secret);
                break;
        }
        return true;
    }

    private async Task SendAsync(Delivery delivery, string url, string secret)
    {
        var body = Encoding.UTF8.GetBytes(delivery.Body);
        var (startedAt, start) = (clock.GetUtcNow(), clock.GetTimestamp());
        var result = await CallAsync(delivery.AppId, url, secret, startedAt, body);
        var took = (long)clock.GetElapsedTime(start).TotalMilliseconds;

        var attempt = new Attempt { DeliveryId = delivery.Id, Number = delivery.Attempts + 1, At = startedAt, TookMs = took, Url = url };
        attempt = result switch
        {
            OutsideResult.Answered answer => attempt with { Status = answer.Status, Excerpt = Readable(answer.Body) },
            OutsideResult.Refused refused => attempt with { Failure = refused.Problem.ToString() },
            OutsideResult.Failed failed => attempt with { Failure = failed.Failure.ToString() },
            _ => throw new System.Diagnostics.UnreachableException($"No line for {result}."),
        };
        var heard = attempt.Status == StatusCodes.Status200OK;
        var next = heard ? null : RetryRule.NextAfter(delivery.Tries + 1, clock.GetUtcNow(), delivery.GiveUpAt, BitConverter.ToUInt16(chance.Bytes(2)) / (double)ushort.MaxValue);
        var state = heard ? DeliveryState.Delivered : next is null ? DeliveryState.Dropped : DeliveryState.Waiting;
        if (await deliveries.SaveAsync(delivery, attempt, state, next) && state is DeliveryState.Dropped)
            log.GivenUp(delivery.Event, delivery.AppId, delivery.Tries + 1);
    }

    // Signed anew each time: a receiver that refuses old signatures takes a late event.
    private async Task<OutsideResult> CallAsync(string appId, string url, string secret, DateTimeOffset at, byte[] body)
    {
        switch (await faults.NextAsync(appId))
        {
            case { Kind: FaultKind.Slow } slow:
                // Within the lease: longer, and another worker would send it too.
                await Task.Delay(slow.Delay < LongestSlow ? slow.Delay : LongestSlow, clock);
                break;
            case { Kind: FaultKind.LostAnswer }:
                await SendAsync(url, secret, at, body);
                return new OutsideResult.Failed(OutsideFailure.Broken);
            case not null:
                return new OutsideResult.Failed(OutsideFailure.Unreachable);
        }
        return await SendAsync(url, secret, at, body);
    }

    private Task<OutsideResult> SendAsync(string url, string secret, DateTimeOffset at, byte[] body) => carrier.CallAsync(url, WebhookSignature.Of(secret, at, body), body);

    private Task<(HoldCause? Cause, string Url, string Secret)> TargetAsync(string appId) => database.ReadAsync<(HoldCause?, string, string)>(async session =>
    {
        var app = await session.FirstAsync<AppRow>("select webhook_url, disabled_at is not null as is_disabled from app where id = @appId", new { appId });
        if (app is null or { IsDisabled: true })
            return (HoldCause.Disabled, "", "");
        if (app.WebhookUrl is not { } url)
            return (HoldCause.Address, "", "");
        try
        {
            return await secrets.CurrentAsync(session, appId) is { } secret ? (null, url, secret) : (HoldCause.Secret, "", "");
        }
        catch (SealedSecretException closed)
        {
            log.SecretClosed(closed, appId);
            return (HoldCause.Secret, "", "");
        }
    });

    // What a stranger answers is shown to the developer: text only, nothing that steers a terminal or a page.
    private static string Readable(byte[] body) =>
        string.Concat(Encoding.UTF8.GetString(body).Select(letter => char.IsControl(letter) ? letter is '\n' ? '\n' : ' ' : letter)).Trim();

    private sealed record AppRow
    {
        public string? WebhookUrl { get; init; }
        public bool IsDisabled { get; init; }
    }
}
