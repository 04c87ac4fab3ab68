using Holdfast.Cli.Up;

namespace Holdfast.Cli.Demo;

/// <summary>Gives an empty demo its story by living it: the real sign-in, consent, compose form and worker, and no row of our own.</summary>
internal sealed class SeedDemo(string studio, string platform, TimeProvider clock)
{
    /// <summary>A cut at the worst moment leaves a post whose fate Studio settles in some minutes; longer than this is a fault.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(20);

    // TikTok takes six new posts a minute from one account. The rest is in Studio's hands like any post that meets that
    // limit, and goes out a minute later: nobody waits for it at the start.
    private const int AtOnce = 5;

    /// <summary>Runs the story to its end, from wherever an earlier run left it.</summary>
    /// <returns>What kept it from its end; <c>null</c> when nothing did.</returns>
    public async Task<string?> RunAsync(CancellationToken stopping)
    {
        using var patience = new CancellationTokenSource(Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stopping, patience.Token);
        var troubles = await Task.WhenAll(TryAsync(BrunoAsync, stopping, either.Token), TryAsync(ChidiAsync, stopping, either.Token));
        return troubles.OfType<string>().ToList() is { Count: > 0 } told ? string.Join("; ", told) : null;
    }

    /// <summary>Bruno's account works: videos out, videos planned, ideas kept.</summary>
    private async Task BrunoAsync(CancellationToken stopping)
    {
        using var bruno = new DemoCreator("bruno", studio, platform, clock);
        await bruno.SignInAsync(stopping);
        await PostAllAsync(bruno, "bruno", await bruno.ConnectAsync(stopping), stopping);
    }

    /// <summary>Chidi's worked until he took the access back; what was planned for it waits.</summary>
    private async Task ChidiAsync(CancellationToken stopping)
    {
        using var chidi = new DemoCreator("chidi", studio, platform, clock);
        await chidi.SignInAsync(stopping);
        var account = await chidi.ConnectAsync(stopping);
        if (await chidi.HasEndedAsync(account, stopping))
            return;
        await PostAllAsync(chidi, "chidi", account, stopping);
        await chidi.RemoveAccessAsync(Introduction.AppName, account, stopping);
    }

    private static async Task PostAllAsync(DemoCreator creator, string name, string account, CancellationToken stopping)
    {
        var published = new List<string>();
        foreach (var post in DemoPost.Of(name))
        {
            var path = await creator.ComposeAsync(post, account, stopping);
            if (post.State == "published")
                published.Add(path);
        }
        // They travel side by side; Studio's own worker carries them.
        await Task.WhenAll(published.Take(AtOnce).Select(path => creator.PublishedAsync(path, stopping)));
    }

    private static async Task<string?> TryAsync(Func<CancellationToken, Task> story, CancellationToken stopping, CancellationToken either)
    {
        try
        {
            await story(either);
            return null;
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            return "it took too long";
        }
        catch (Exception failure) when (failure is DemoException or HttpRequestException)
        {
            return failure.Message.ReplaceLineEndings(" ").TrimEnd('.');
        }
    }
}
