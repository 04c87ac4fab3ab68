namespace Holdfast.Simulation.Stage;

/// <summary>What happens to the machines beside power cuts.</summary>
internal enum Trouble
{
    /// <summary>A node gets no turns for minutes, then goes on with claims that have lapsed.</summary>
    Pause,

    /// <summary>A node is asked to end, ends what it began and starts again.</summary>
    Restart,

    ClockForward,
    ClockBack,

    /// <summary>The database takes no write for minutes.</summary>
    DatabaseRefuses,

    /// <summary>One node alone cannot reach the database for minutes, neither to read nor to write; it hears from TikTok all the same.</summary>
    CutOff,

    /// <summary>The same for longer than any claim.</summary>
    CutOffForLong,

    /// <summary>The mail server takes nothing for hours.</summary>
    MailDown,

    /// <summary>The member's own server takes nothing for hours.</summary>
    ReceiverDown,

    /// <summary>None of the Platform's events arrives for hours or days; then all of them do.</summary>
    EventsAway,
}

/// <summary>Brings troubles by the seed, each kind in its own time.</summary>
internal sealed class Troubles(World world, Random chance)
{
    private static readonly TimeSpan LongestClaim = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan Slice = TimeSpan.FromHours(1);
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(50);

    /// <summary>The kinds this world has.</summary>
    public static IEnumerable<Trouble> Of(WorldSettings settings) => settings.TroubleEvery is null ? [] : Enum.GetValues<Trouble>();

    /// <summary>No new ones begin.</summary>
    public bool Paused { get; set; }

    /// <summary>Long ones end too: the world is about to.</summary>
    public bool IsEnding { get; set; }

    /// <summary>None is under way.</summary>
    public bool AreOver => underWay == 0;

    private int underWay;

    public void Begin()
    {
        foreach (var kind in Of(world.Settings))
            _ = BringAsync(kind, world.Settings.TroubleEvery!.Value); // Of says there is one
    }

    private async Task BringAsync(Trouble kind, TimeSpan every)
    {
        while (true)
        {
            await world.Clock.After(every * (-Math.Log(1 - chance.NextDouble()) + 0.01));
            if (Paused)
                continue;
            underWay++;
            await HappenAsync(kind);
            underWay--;
        }
    }

    private Task HappenAsync(Trouble kind) => kind switch
    {
        Trouble.Pause => PauseAsync(),
        Trouble.Restart => RestartAsync(),
        Trouble.DatabaseRefuses => RefuseAsync(),
        Trouble.CutOff => CutOffAsync(kind, Minutes(0.1, 1)),
        Trouble.CutOffForLong => CutOffAsync(kind, LongestClaim + Minutes(0.1, 6)),
        Trouble.MailDown => DownAsync(kind, isDown => world.PostOffice.MailIsDown = isDown),
        Trouble.ReceiverDown => DownAsync(kind, isDown => world.PostOffice.ReceiverIsDown = isDown),
        Trouble.EventsAway => DownAsync(kind, isDown => world.Postman.IsAway = isDown, longest: 40 * 60),
        _ => StepAsync(kind),
    };

    private async Task PauseAsync()
    {
        var node = world.Nodes[chance.Next(world.Nodes.Count)];
        if (!await MayTakeAsync(node))
            return;
        var (clock, time) = (node.Clock, Minutes(0.2, 9));
        Happens(Trouble.Pause, $"{node.Name} stands still for {time.TotalSeconds:0} s");
        clock.Pause();
        await world.Clock.After(time);
        if (clock.IsDead)
            return;
        if (time > LongestClaim)
            world.Ledger.Gone(clock, "paused");
        world.Trace.Say($"{node.Name} goes on");
        clock.Resume();
        world.Stir();
    }

    private async Task RestartAsync()
    {
        var node = world.Nodes[chance.Next(world.Nodes.Count)];
        if (!node.IsUp)
            return;
        Happens(Trouble.Restart, $"{node.Name} is asked to end");
        var life = node.Clock;
        node.Stop();
        for (var waited = TimeSpan.Zero; world.Pump.Running(node) > 0 && waited < TimeSpan.FromMinutes(5); waited += Moment * 20)
            await world.Clock.After(Moment * 20);
        if (life.IsDead || node.Clock != life)
            return; // the power went meanwhile, and it is started again by that
        await world.StartAgainAsync(node, Minutes(0.05, 0.5));
    }

    private async Task RefuseAsync()
    {
        var time = Minutes(0.5, 8);
        Happens(Trouble.DatabaseRefuses, $"the database takes no write for {time.TotalSeconds:0} s");
        world.Crashes.DatabaseRefuses = true;
        await world.Clock.After(time);
        world.Crashes.DatabaseRefuses = false;
    }

    private async Task CutOffAsync(Trouble kind, TimeSpan time)
    {
        var node = world.Nodes[chance.Next(world.Nodes.Count)];
        if (node.IsCutOff)
            return;
        // For longer than a claim, it may hold no pair that cannot be had again, nor be about to ask for one: the other node would ask with the one before, and be refused.
        if (time > LongestClaim && !await MayTakeAsync(node, () => world.Settings.Pairs is not LostPairs.Spared || !world.HasClaims()))
            return;
        var met = node.CutOffMet;
        if (time <= LongestClaim)
        {
            underWay--; // not before it begins
            await node.CutOffAfterAsync(chance.Next(8));
            underWay++;
        }
        world.Trace.Say($"{node.Name} cannot reach the database for {time.TotalSeconds:0} s");
        node.IsCutOff = true;
        await world.Clock.After(time);
        node.IsCutOff = false;
        // One that was down or idle all the time has met nothing.
        if (node.CutOffMet > met)
            world.Tally.Add(kind);
        world.Trace.Say($"{node.Name} reaches the database again");
        world.Stir();
    }

    private async Task DownAsync(Trouble kind, Action<bool> set, double longest = 240)
    {
        Happens(kind, $"{kind}");
        set(true);
        for (var left = Minutes(10, longest); left > TimeSpan.Zero && !IsEnding; left -= Slice)
            await world.Clock.After(left < Slice ? left : Slice);
        set(false);
    }

    private async Task StepAsync(Trouble kind)
    {
        if (world.Host.Offset != TimeSpan.Zero)
            return;
        var step = Minutes(0.5, 10) * (kind is Trouble.ClockForward ? 1 : -1);
        Happens(kind, $"the clock is set by {step.TotalSeconds:0} s");
        Set(step);
        await world.Clock.After(Minutes(20, 300));
        Set(TimeSpan.Zero);
    }

    private void Set(TimeSpan offset)
    {
        world.Host.Offset = offset;
        world.Stir();
    }

    /// <summary>Where a pair in a program's hands cannot be had again, only a program that holds none is taken.</summary>
    private async Task<bool> MayTakeAsync(Program node, Func<bool>? andIf = null)
    {
        for (var tries = 0; tries < 200; tries++)
        {
            if (node.IsUp && world.MayGo(node.Clock) && andIf?.Invoke() is not false)
                return true;
            await world.Clock.After(Moment);
        }
        return false;
    }

    private void Happens(Trouble kind, string what)
    {
        world.Tally.Add(kind);
        world.Trace.Say(what);
    }

    private TimeSpan Minutes(double from, double to) => TimeSpan.FromSeconds(Math.Round((from + (to - from) * chance.NextDouble()) * 60));
}
