using Holdfast.Journeys.Stage;

[assembly: AssemblyFixture(typeof(Untouched))]

namespace Holdfast.Journeys.Stage;

/// <summary>A second Holdfast that shows the demo as a visitor finds it: nobody writes anything in its Studio.</summary>
/// <remarks>Starts with the first journey and is awaited by who needs it, so that the posts the demo has in flight are out by then.</remarks>
public sealed class Untouched : IAsyncLifetime
{
    private Task<HoldfastProcess>? starting;

    internal Task<HoldfastProcess> HoldfastAsync() => starting ?? throw new InvalidOperationException("The house is not open yet.");

    public ValueTask InitializeAsync()
    {
        starting = HoldfastProcess.UpAsync();
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        if (starting is not null)
            await (await starting).DisposeAsync();
    }
}
