namespace Holdfast.Studio.Notices.Hooks;

/// <summary>One line of the list to send again from: the notice, and how it fares on its way to the member's server.</summary>
public sealed record HookDelivery : NoticeRow
{
    public new const string Columns = $"d.id as delivery_id, d.tries, d.done_at, d.withdrawn_at, d.problem, d.next_step_at as next_try_at, {NoticeRow.Columns}";

    public new const string Source = $"{NoticeRow.Source} join notice_delivery d on d.notice_id = n.id";

    public string DeliveryId { get; init; } = "";
    public long Tries { get; init; }
    public DateTimeOffset? DoneAt { get; init; }
    public DateTimeOffset? WithdrawnAt { get; init; }

    /// <summary>What was wrong at the latest try: a status, or one of the words for it.</summary>
    public string? Problem { get; init; }

    public DateTimeOffset? NextTryAt { get; init; }
}
