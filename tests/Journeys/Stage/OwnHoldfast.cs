namespace Holdfast.Journeys.Stage;

/// <summary>A Holdfast with its demo content for the journeys of one class (<c>IClassFixture</c>): for what the others would notice.</summary>
/// <remarks>Taking access away is such a thing: a Studio that is refused for several accounts within ten minutes suspects its app and ends none of them.</remarks>
public sealed class OwnHoldfast : IAsyncLifetime
{
    private HoldfastProcess? holdfast;

    internal HoldfastProcess Holdfast => holdfast ?? throw new InvalidOperationException("It has not started yet.");

    public async ValueTask InitializeAsync() => holdfast = await HoldfastProcess.UpAsync();

    public async ValueTask DisposeAsync()
    {
        if (holdfast is not null)
            await holdfast.DisposeAsync();
    }
}
