using Holdfast.Platform.Webhooks;
using Holdfast.Shell.Outside;

namespace Holdfast.Simulation.Stage;

/// <summary>What can become of an event on its way from the Platform to Studio.</summary>
internal enum Delivery
{
    /// <summary>It never arrives.</summary>
    Lost,

    /// <summary>It is taken, and the Platform does not hear of it: it comes again.</summary>
    AnswerLost,

    /// <summary>It arrives twice at once, the second one at any node.</summary>
    Doubled,

    /// <summary>It arrives long after the Platform has given up waiting.</summary>
    Late,
}

/// <summary>Brings the Platform's events to whichever node of Studio is up: sometimes not, twice or late, and in a trouble of its own for days not at all.</summary>
internal sealed class Postman(World world, Random chance) : IWebhookCarrier
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly OutsideResult Unreachable = new OutsideResult.Failed(OutsideFailure.Unreachable);
    private static readonly OutsideResult TimedOut = new OutsideResult.Failed(OutsideFailure.TimedOut);

    /// <summary>No event gets through.</summary>
    public bool IsAway { get; set; }

    public async Task<OutsideResult> CallAsync(string url, string signature, byte[] body)
    {
        await world.Clock.After(TimeSpan.FromMilliseconds(chance.Next(5, 300)));
        if (IsAway)
            return Unreachable;
        switch (Next())
        {
            case Delivery.Lost:
                await world.Clock.After(Patience);
                return TimedOut;
            case Delivery.AnswerLost:
                await BringAsync(url, signature, body);
                return TimedOut;
            case Delivery.Doubled:
                _ = BringAsync(url, signature, body);
                break;
            case Delivery.Late:
                _ = LaterAsync(url, signature, body);
                await world.Clock.After(Patience);
                return TimedOut;
        }
        return await BringAsync(url, signature, body);
    }

    private Delivery? Next()
    {
        if (world.Weather.Fair || chance.NextDouble() >= 0.5)
            return null;
        var kind = Enum.GetValues<Delivery>()[chance.Next(4)];
        world.Tally.Add(kind);
        return kind;
    }

    private async Task LaterAsync(string url, string signature, byte[] body)
    {
        await world.Clock.After(TimeSpan.FromSeconds(chance.Next(20, 20_000)));
        await BringAsync(url, signature, body);
    }

    private async Task<OutsideResult> BringAsync(string url, string signature, byte[] body)
    {
        var nodes = world.Nodes.Where(node => node.IsUp).ToList();
        if (nodes.Count == 0)
            return Unreachable;
        using var request = new HttpRequestMessage(HttpMethod.Post, url);
        request.Headers.TryAddWithoutValidation(WebhookSignature.Header, signature);
        var answer = nodes[chance.Next(nodes.Count)].Server.SendAsync(request, body, CancellationToken.None);
        // A node that loses its power never answers.
        if (await Task.WhenAny(answer, world.Clock.After(Patience)) != answer)
            return TimedOut;
        using var heard = await answer;
        world.Trace.Say($"an event was brought: {(int)heard.StatusCode}");
        return new OutsideResult.Answered((int)heard.StatusCode, [], IsCut: false);
    }
}
