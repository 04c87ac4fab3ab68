using Holdfast.Shell.Hosting;

namespace Holdfast.People.Passkeys;

/// <summary>Whether passkeys work at the address a person is at. Browsers tie them to a name, and offer them on https and on localhost only.</summary>
public sealed class PasskeyPlace(AppOptions options)
{
    /// <summary>The name passkeys are tied to. <c>localhost</c> is shared with other programs, so we always say which passkeys we ask for.</summary>
    public string RelyingParty => options.Url.Host;

    /// <summary>Where they work.</summary>
    public string Address => options.Url.GetLeftPart(UriPartial.Authority);

    /// <summary>Why there are none here; <c>null</c> where they work.</summary>
    public PasskeyProblem? ProblemAt(HttpRequest request) => (options.Url, request.Host.Host) switch
    {
        ({ HostNameType: not UriHostNameType.Dns }, _) => PasskeyProblem.NumericAddress,
        ({ Host: not "localhost" }, _) when !options.IsHttps => PasskeyProblem.PlainHttp,
        (var url, var host) when !url.Host.Equals(host, StringComparison.OrdinalIgnoreCase) => PasskeyProblem.OtherAddress,
        _ => null,
    };

    /// <summary>Whether a browser signed for this very origin: another program on another port of localhost could ask for our passkeys too.</summary>
    public bool IsOurs(string origin, HttpRequest request) =>
        origin == (options.Url.Port == 0 ? $"{options.Url.Scheme}://{request.Host}" : Address);
}

public enum PasskeyProblem { NumericAddress, PlainHttp, OtherAddress }
