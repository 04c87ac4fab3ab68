using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using Holdfast.Studio.Notices.Hooks;

namespace Holdfast.Specs.Studio.Notices;

/// <summary>A member's server at the edge of the process.</summary>
internal sealed class KeptCalls : IHookCaller
{
    /// <summary>What is wrong with it; null: nothing.</summary>
    public string? Problem { get; set; }

    /// <summary>The address that is down, when it is not all of them.</summary>
    public string? Down { get; set; }

    public ConcurrentQueue<Call> Tried { get; } = [];

    public IReadOnlyList<Call> Taken => [.. Tried.Where(call => call.IsTaken)];

    public Task<string?> CallAsync(string url, string deliveryId, string signature, byte[] body)
    {
        var problem = url == Down ? "TimedOut" : Problem;
        Tried.Enqueue(new(url, deliveryId, signature, Encoding.UTF8.GetString(body), problem is null));
        return Task.FromResult(problem);
    }

    internal sealed record Call(string Url, string DeliveryId, string Signature, string Body, bool IsTaken)
    {
        public JsonNode Json => JsonNode.Parse(Body)!; // an object was written
    }
}
