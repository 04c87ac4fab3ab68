using System.Net;
using Holdfast.Shell.Hosting;

namespace Holdfast.Cli.Authorize;

/// <summary>Asks the Platform's address what is there before a person is sent to it.</summary>
internal static class PlatformProbe
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Null when a Platform answers; otherwise a temporary one that was started in its place.</summary>
    /// <exception cref="StartupException">Nothing answers and none can be started there.</exception>
    public static async Task<TemporaryPlatform?> FindOrStartAsync(AuthorizeSettings settings, HttpClient http, Terminal terminal, TimeProvider clock, CancellationToken stopping)
    {
        var url = settings.PlatformUrl;
        var name = url.GetLeftPart(UriPartial.Authority);
        try
        {
            using var deadline = new CancellationTokenSource(Patience, clock);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, stopping);
            using var answer = await http.GetAsync(new Uri(url, "/health/live"), HttpCompletionOption.ResponseHeadersRead, either.Token);
            return answer.IsSuccessStatusCode ? null : throw NoPlatform(name);
        }
        catch (HttpRequestException nobody) when (url.IsLoopback && nobody.HttpRequestError == HttpRequestError.ConnectionError)
        {
            // Nothing listens there.
        }
        catch (HttpRequestException) when (url.IsLoopback)
        {
            throw NoPlatform(name);
        }
        catch (HttpRequestException)
        {
            throw new StartupException($"No Platform answers at {name}. Check the address, or leave --platform-url out to start a temporary one here.");
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            throw new StartupException($"{name} takes connections but does not answer. Name another address with --platform-url.");
        }

        if (settings.ClientKey is not (null or DemoApp.ClientKey))
            throw new StartupException($"No Platform runs at {name}, and a temporary one would not know the app {settings.ClientKey}. Start yours with: holdfast up");
        if (url.Scheme == Uri.UriSchemeHttps)
            throw new StartupException($"No Platform runs at {name}, and a temporary one speaks plain http. Leave --platform-url out to start one, or write http://.");
        terminal.Say($"No Platform runs at {name}: starting a temporary one with the demo app.");
        var platform = await TemporaryPlatform.StartAsync(url, clock, stopping);
        terminal.Say("Sign in there as ada, bruno or chidi with the password platform-demo-1.");
        return platform;
    }

    /// <summary>The error page a link would end at; null when the Platform takes it.</summary>
    /// <exception cref="StartupException">What answers there has no consent page.</exception>
    public static async Task<string?> RefusalAsync(Uri link, HttpClient http, TimeProvider clock, CancellationToken stopping)
    {
        try
        {
            using var deadline = new CancellationTokenSource(Patience, clock);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, stopping);
            using var answer = await http.GetAsync(link, HttpCompletionOption.ResponseHeadersRead, either.Token);
            if (answer.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed)
                throw NoPlatform(link.GetLeftPart(UriPartial.Authority));
            return answer.Headers.Location is { } location && location.OriginalString.Contains("error_type=", StringComparison.Ordinal) ? location.OriginalString : null;
        }
        catch (Exception silent) when (silent is HttpRequestException || (silent is OperationCanceledException && !stopping.IsCancellationRequested))
        {
            // The person's browser will say what is wrong.
            return null;
        }
    }

    private static StartupException NoPlatform(string name) => new($"Something answers at {name}, but it is not a Platform. Name the right address with --platform-url.");
}
