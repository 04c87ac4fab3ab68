using Holdfast.Journeys.Stage;

[assembly: AssemblyFixture(typeof(House))]
[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace Holdfast.Journeys.Stage;

/// <summary>One running Holdfast with its demo content and one browser, shared by the journeys that leave it as they found it.</summary>
public sealed class House : IAsyncLifetime
{
    private Chromium? chromium;
    private HoldfastProcess? holdfast;

    internal Chromium Chromium => chromium ?? throw new InvalidOperationException("The house is not open yet.");

    internal HoldfastProcess Holdfast => holdfast ?? throw new InvalidOperationException("The house is not open yet.");

    public async ValueTask InitializeAsync()
    {
        chromium = await Chromium.StartAsync();
        holdfast = await HoldfastProcess.UpAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (chromium is not null)
            await chromium.DisposeAsync();
        if (holdfast is not null)
            await holdfast.DisposeAsync();
    }
}
