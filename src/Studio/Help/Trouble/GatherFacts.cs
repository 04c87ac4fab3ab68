using Holdfast.Domain.Trouble;
using Holdfast.People.Activity;
using Holdfast.Studio.Accounts.KeepAlive;

namespace Holdfast.Studio.Help.Trouble;

/// <summary>Looks at everything a problem may come from, at once.</summary>
internal sealed class GatherFacts(AskTikTok tiktok, RecentAttempts attempts, AccountsInTrouble accounts, IncidentStore incidents, ActivityLog activity, TimeProvider clock)
{
    private static readonly TimeSpan MissesOf = TimeSpan.FromHours(1);

    /// <param name="problem">What the facts are for; <c>null</c> gathers them for all four.</param>
    public async Task<TroubleFacts> RunAsync(Problem? problem, Asking asking, CancellationToken aborted)
    {
        var now = clock.GetUtcNow();
        // Nobody outside makes us call anybody, or learns how this installation stands.
        if (asking.IsStranger)
            return new TroubleFacts { Now = now, Browser = asking.Browser, Wait = asking.Wait };
        var asked = tiktok.RunAsync(aborted);
        var tries = problem is Problem.Disconnects ? [] : await attempts.ListAsync(asking, now, aborted);
        var misses = problem is Problem.SignIn or null && asking.PersonId is { } person ? await activity.ListAsync(person, 50, aborted) : [];
        var missed = misses.Where(entry => entry.Kind is ActivityKind.SignInFailed && entry.At > now - MissesOf).ToList();
        return new TroubleFacts
        {
            Now = now,
            Browser = asking.Browser,
            Attempts = tries,
            Accounts = problem is Problem.Disconnects or null ? await accounts.ListAsync(asking.WorkspaceId, aborted) : [],
            Incidents = [.. (await incidents.OpenAsync(aborted)).Select(incident => new IncidentFacts(incident.Cause, incident.BeganAt, incident.LogId, (int)incident.Felt))],
            StudioPasswords = missed.Count(entry => entry.Detail is "Password"),
            StudioCodes = missed.Count(entry => entry.Detail is not "Password"),
            Wait = asking.Wait,
            TikTok = await asked,
        };
    }
}

/// <summary>Who asks, and from where.</summary>
internal sealed record Asking
{
    /// <summary>The member's; <c>null</c> for somebody outside, and for whoever runs the installation.</summary>
    public string? WorkspaceId { get; init; }
    public string? PersonId { get; init; }

    /// <summary>Not signed in: they learn about their own browser, and nothing about anybody's accounts.</summary>
    public bool IsStranger { get; init; }
    public BrowserFacts Browser { get; init; } = BrowserFacts.None;

    /// <summary>How long Studio's sign-in makes them wait.</summary>
    public TimeSpan Wait { get; init; }
}
