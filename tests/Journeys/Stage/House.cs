using Holdfast.Journeys.Stage;

[assembly: AssemblyFixture(typeof(House))]
[assembly: CollectionBehavior(MaxParallelThreads = 3)]

namespace Holdfast.Journeys.Stage;

/// <summary>One running Holdfast with its demo content and one browser, shared by the journeys that leave it as they found it.</summary>
/// <remarks>
/// Classes run side by side, the journeys of one class after each other. So a journey signs up people of its own (the screen's width in their names keeps two runs apart)
/// or only looks at the demo's; classes that change the same thing of the demo name the same collection; and who takes access away, or needs a Holdfast that nobody else
/// touches, has one of its own (<see cref="OwnHoldfast"/>).
/// </remarks>
public sealed class House : IAsyncLifetime
{
    /// <summary>The collection of those who link ada's account to the Pottery Club.</summary>
    internal const string PotteryClub = "Pottery Club";

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
