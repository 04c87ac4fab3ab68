using Holdfast.People.Sessions;
using Holdfast.Platform.Api;
using Holdfast.Shell.Pages;

namespace Holdfast.Platform.SignIn;

/// <summary>Doors that open to anybody and cost a hash or a row: so many knocks from one network in a quarter of an hour (attack case 81).</summary>
internal static class KnockLimit
{
    /// <summary>Sign-ups: a password is hashed for each.</summary>
    public const int SignUps = 30;

    /// <summary>Questions to a passkey or a provider: a row for half an hour.</summary>
    public const int Asked = 100;

    private static readonly TimeSpan Within = TimeSpan.FromMinutes(15);

    public static RouteHandlerBuilder LimitPerNetwork(this RouteHandlerBuilder endpoint, string door, int knocks) => endpoint.AddEndpointFilter(async (call, next) =>
    {
        var http = call.HttpContext;
        return await http.RequestServices.GetRequiredService<RateLimits>().TryAsync($"{door}:{Network.Of(SessionCookie.Address(http))}", knocks, Within, http.RequestAborted)
            ? await next(call)
            : Page.Show<TooOftenPage>(new { }, StatusCodes.Status429TooManyRequests);
    });
}
