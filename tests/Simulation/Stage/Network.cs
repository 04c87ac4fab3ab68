namespace Holdfast.Simulation.Stage;

/// <summary>The way from one node of Studio to the Platform: slow, and by the seed sometimes broken.</summary>
internal sealed class Network(World world, NodeClock node, Door door, Random chance) : HttpMessageHandler
{
    private static readonly TaskCompletionSource<HttpResponseMessage> Never = new();

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        await door.PassAsync(CrashPoint.BeforeCall);
        world.TamperRequest(request);
        var body = request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync(CancellationToken.None);
        var call = new Call(request.Method.Method, request.RequestUri!.AbsolutePath, body); // our clients send absolute addresses
        var fault = world.Weather.Next(call, world.Now);
        world.Trace.Calling(call, fault);
        var flight = call.IsRenewal ? world.Ledger.Sending(call, node) : null;
        var delivered = new TaskCompletionSource<HttpResponseMessage>();
        _ = DeliverAsync(delivered, TravelAsync(request, call, fault, flight));
        await using var givenUp = cancellationToken.Register(() => delivered.TrySetCanceled(cancellationToken));
        try
        {
            return world.Tamper(await delivered.Task);
        }
        finally
        {
            if (flight is not null)
                Ledger.Over(flight);
        }
    }

    // Packets know nothing of the process that waits for them: they take the world's time.
    private async Task<HttpResponseMessage> TravelAsync(HttpRequestMessage request, Call call, Fault fault, Flight? flight)
    {
        var isSlowThere = chance.Next(2) == 0;
        await WayAsync(fault is Fault.Slow && isSlowThere);
        // It reaches nobody: whether the caller lives to hear so or not, nobody acts on it any more.
        if (fault is Fault.RequestLost or Fault.Reset or Fault.DnsFailure)
            flight?.IsArrived = true;
        switch (fault)
        {
            case Fault.RequestLost:
                return await Never.Task;
            case Fault.Reset:
                throw new HttpRequestException(HttpRequestError.ConnectionError, "connection reset (simulated)");
            case Fault.DnsFailure:
                throw new HttpRequestException(HttpRequestError.NameResolutionError, "no such host (simulated)");
        }
        if (Canned.Of(fault, call.IsToken, chance) is { } canned)
        {
            flight?.IsArrived = true;
            return canned;
        }

        // Once the request is out, the Platform works whatever becomes of the caller.
        var answer = await world.Platform.Server.SendAsync(request, call.Body, CancellationToken.None);
        var text = call.IsToken || fault is Fault.TruncatedJson ? await answer.Content.ReadAsStringAsync(CancellationToken.None) : "";
        world.Trace.Answered(call, (int)answer.StatusCode, text);
        if (call.IsToken)
            world.Ledger.Answered(call, flight, node, (int)answer.StatusCode, text, Weather.LosesAnswer(fault));
        await WayAsync(fault is Fault.Slow && !isSlowThere);
        return fault switch
        {
            Fault.AnswerLost => await Never.Task,
            Fault.ResetMidAnswer => throw new HttpRequestException(HttpRequestError.ResponseEnded, "connection reset in the middle (simulated)"),
            Fault.TruncatedJson => Canned.Half(text),
            _ => answer,
        };
    }

    private async Task DeliverAsync(TaskCompletionSource<HttpResponseMessage> delivered, Task<HttpResponseMessage> travel)
    {
        try
        {
            var answer = await travel;
            await node.TurnAsync();
            await door.PassAsync(CrashPoint.AfterAnswer);
            delivered.TrySetResult(answer);
        }
        catch (HttpRequestException broken)
        {
            await node.TurnAsync();
            delivered.TrySetException(broken);
        }
    }

    private Task WayAsync(bool isSlow) => world.Clock.After(isSlow ? TimeSpan.FromSeconds(chance.Next(2, 58)) : TimeSpan.FromMilliseconds(chance.Next(2, 120)));
}
