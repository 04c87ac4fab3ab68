using System.Net.Http.Headers;
using Holdfast.Shell.Hosting;
using Holdfast.Shell.Language;
using Holdfast.Shell.Outside;
using Holdfast.Shell.Sealing;
using Holdfast.Storage;
using Holdfast.Storage.Work;

namespace Holdfast.Studio.Notices.Hooks;

/// <summary>Brings notices to members' own servers: signed, one call to an address at a time, again for days until one is taken.</summary>
/// <remarks>A server may get a delivery twice, when its answer or our memory of it is lost; its id is the same both times.</remarks>
internal sealed class CallHooks(
    HookStore hooks, IHookCaller caller, TextTable table, IHttpContextAccessor http, AppOptions app, ISecretSource chance, TimeProvider clock, ILogger<CallHooks> log) : IDueWork
{
    public const string HooksTopic = "notice-hooks";

    public string Topic => HooksTopic;

    public int Concurrency => 2;

    public string Free => "update notice_delivery set lease_until = 0 where lease_until > 0";

    public async Task<bool> RunDueAsync(CancellationToken stopping)
    {
        if (await hooks.ClaimAsync(stopping) is not { } claim)
            return false;
        // From here on it is seen through: the call has its own deadline.
        var problem = await CallAsync(claim);
        var next = problem is null ? null : HookRule.NextAfter(claim.Tries + 1, claim.MadeAt, clock.GetUtcNow(), BitConverter.ToUInt16(chance.Bytes(2)) / (double)ushort.MaxValue);
        await hooks.SettleAsync(claim, problem, next);
        if (problem is not null)
            log.NotTaken(claim.Id, problem, next);
        return true;
    }

    private async Task<string?> CallAsync(HookClaim claim)
    {
        if (claim.Url is not { } url || await hooks.NoticeAsync(claim) is not { } notice)
            return "Gone";
        try
        {
            var body = HookBody.Write(new Texts(table, http), claim.Id, notice, app.At);
            // Signed anew each time: a receiver that refuses old signatures takes a late notice.
            return await caller.CallAsync(url, claim.Id, HookSignature.Of(hooks.Open(claim), clock.GetUtcNow(), body), body);
        }
        catch (SealedSecretException closed)
        {
            log.SecretClosed(closed, claim.Id);
            return "SecretClosed";
        }
    }
}

/// <summary>The edge of this process: where a notice leaves it for a member's server.</summary>
internal interface IHookCaller
{
    /// <returns>What was wrong, in a word or as a status; <c>null</c> when the server took it.</returns>
    Task<string?> CallAsync(string url, string deliveryId, string signature, byte[] body);
}

/// <summary>Calls through the one door that leads outside (attack case 95).</summary>
internal sealed class HookCaller(OutsideFetch outside) : IHookCaller
{
    private const int ReadAtMost = 1024;
    private static readonly ProductInfoHeaderValue Agent = new("Holdfast-Studio-Notices", "1.0");

    public async Task<string?> CallAsync(string url, string deliveryId, string signature, byte[] body)
    {
        if (outside.ProblemWith(url) is { } wrong)
            return $"{wrong}";
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.UserAgent.Add(Agent);
        request.Headers.TryAddWithoutValidation(HookSignature.Header, signature);
        request.Headers.TryAddWithoutValidation(HookSignature.DeliveryHeader, deliveryId);
        return await outside.SendAsync(request, ReadAtMost, CancellationToken.None) switch
        {
            OutsideResult.Answered { Status: >= 200 and < 300 } => null,
            OutsideResult.Answered answer => $"{answer.Status}",
            OutsideResult.Refused refused => $"{refused.Problem}",
            OutsideResult.Failed failed => $"{failed.Failure}",
            var other => throw new System.Diagnostics.UnreachableException($"No word for {other}."),
        };
    }
}
