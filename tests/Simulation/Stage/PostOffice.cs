using Holdfast.People.Letters;
using Holdfast.Studio.Notices.Hooks;

namespace Holdfast.Simulation.Stage;

/// <summary>The mail server and the member's own server: sometimes down, and now and then their answer gets lost. They keep what they took.</summary>
internal sealed class PostOffice(World world, Random chance)
{
    public const string Email = "email";
    public const string Webhook = "webhook";

    public bool MailIsDown { get; set; }

    public bool ReceiverIsDown { get; set; }

    /// <summary>What people have been told.</summary>
    public List<Telling> Tellings { get; } = [];

    /// <summary>A letter or a call that a node brings.</summary>
    /// <returns>Whether the node hears that it was taken.</returns>
    private async Task<bool> TakeAsync(string channel, string deliveryId, NodeClock node)
    {
        await world.Clock.After(TimeSpan.FromMilliseconds(chance.Next(5, 900)));
        var isDown = channel == Email ? MailIsDown : ReceiverIsDown;
        var (refuses, isLost) = (isDown || chance.Next(20) == 0, chance.Next(20) == 0);
        if (!refuses && await world.StudioData.Rows.ReadAsync(session => session.FirstAsync<Telling>("""
            select d.id as delivery_id, d.channel, n.kind, n.key, n.connection_id, n.facts from notice_delivery d join notice n on n.id = d.notice_id where d.id = @deliveryId
            """, new { deliveryId })) is { } telling)
        {
            Tellings.Add(telling with { At = world.Now });
            world.Trace.Say($"{channel} took {telling.Kind} {telling.Facts}");
        }
        await node.TurnAsync();
        return !refuses && !isLost;
    }

    internal sealed class Carrier(PostOffice office, NodeClock node) : IMailCarrier
    {
        public async Task<SmtpOutcome> SendAsync(string id, string to, string subject, string body) =>
            await office.TakeAsync(Email, id, node) ? new SmtpOutcome.Taken() : new SmtpOutcome.Unknown("no answer in time");
    }

    internal sealed class Caller(PostOffice office, NodeClock node) : IHookCaller
    {
        public async Task<string?> CallAsync(string url, string deliveryId, string signature, byte[] body) =>
            await office.TakeAsync(Webhook, deliveryId, node) ? null : "Unreachable";
    }
}

/// <summary>One message that reached somebody.</summary>
internal sealed record Telling
{
    public string DeliveryId { get; init; } = "";
    public string Channel { get; init; } = "";
    public string Kind { get; init; } = "";

    /// <summary>The cause it is about.</summary>
    public string Key { get; init; } = "";

    public string? ConnectionId { get; init; }
    public string Facts { get; init; } = "";
    public DateTimeOffset At { get; init; }
}
