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

    public ConcurrentQueue<Call> Tried { get; } = [];

    public IReadOnlyList<Call> Taken => [.. Tried.Where(call => call.IsTaken)];

    public Task<string?> CallAsync(string url, string deliveryId, string signature, byte[] body)
    {
        Tried.Enqueue(new(url, deliveryId, signature, Encoding.UTF8.GetString(body), Problem is null));
        return Task.FromResult(Problem);
    }

    internal sealed record Call(string Url, string DeliveryId, string Signature, string Body, bool IsTaken)
    {
        public JsonNode Json => JsonNode.Parse(Body)!; // an object was written
    }
}
