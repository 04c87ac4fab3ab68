using Holdfast.Shell.Guards;
using Microsoft.AspNetCore.Antiforgery;

namespace Holdfast.Specs.Platform.Attacks;

/// <summary>Attack cases 73 and 77: the whole map, so that a form that is added tomorrow is guarded too.</summary>
public sealed class FormSpecs
{
    // Its cookie may be what is broken; the guard against other sites stands before it.
    private static readonly string[] Open = ["/login/trouble"];

    // JSON alone, and never for another site: the console's own guard, which its specs press (Console/GuardSpecs).
    private const string ConsoleApi = "/console/api";

    [Fact]
    public async Task Case_77_everything_that_writes_takes_a_form_token_or_knows_no_cookie()
    {
        await using var platform = await PlatformUnderTest.StartAsync(demo: true);

        var unguarded = platform.Service<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<HttpMethodMetadata>() is not { HttpMethods: var methods } || methods.Any(method => method is not ("GET" or "HEAD" or "OPTIONS")))
            .Where(endpoint => endpoint.Metadata.GetMetadata<TakesForeignCalls>() is null && endpoint.Metadata.GetMetadata<IAntiforgeryMetadata>() is not { RequiresValidation: true })
            .Select(endpoint => endpoint.RoutePattern.RawText ?? "")
            .Where(path => !path.StartsWith(ConsoleApi, StringComparison.Ordinal))
            .Except(Open);

        Assert.Empty(unguarded);
    }
}
