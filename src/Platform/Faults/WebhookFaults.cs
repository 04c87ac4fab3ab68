namespace Holdfast.Platform.Faults;

/// <summary>Faults on the way from this Platform to an app.</summary>
internal sealed class WebhookFaults(ActiveFaults faults, FaultStore store, TimeProvider clock)
{
    /// <summary>Takes the fault that an attempt to this app meets; <c>null</c> when there is none.</summary>
    public async Task<Fault?> NextAsync(string appId)
    {
        foreach (var fault in faults.All.Where(fault => fault.PersonId is null && FaultRule.Meets(fault, FaultPlace.Webhooks, new Caller(appId), clock.GetUtcNow())))
        {
            if (await store.TakeAsync(fault) is not null)
                return fault;
        }
        return null;
    }
}
