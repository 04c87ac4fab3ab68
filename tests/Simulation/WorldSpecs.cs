using Holdfast.Simulation.Stage;

namespace Holdfast.Simulation;

public sealed class WorldSpecs
{
    [Fact]
    public void Both_nodes_and_the_platform_start_and_turn_for_a_day_on_one_thread()
    {
        using var world = new World(new WorldSettings(1));

        world.Pump.RunUntil(World.Begin.AddDays(1));

        Assert.Empty(world.Pump.Failures);
        Assert.Equal(World.Begin.AddDays(1), world.Now);
    }
}
