using System.Security.Claims;

namespace Holdfast.People.Sessions;

/// <summary>The signed-in person of a request.</summary>
public static class Me
{
    /// <exception cref="InvalidOperationException">The endpoint lets people in who are not signed in.</exception>
    public static string Id(this ClaimsPrincipal person) =>
        person.IdOrNull() ?? throw new InvalidOperationException("This endpoint needs RequireAuthorization().");

    public static string? IdOrNull(this ClaimsPrincipal person) => person.FindFirstValue(ClaimTypes.NameIdentifier);

    public static string UserName(this ClaimsPrincipal person) => person.FindFirstValue("user_name") ?? "";

    public static string DisplayName(this ClaimsPrincipal person) => person.FindFirstValue(ClaimTypes.Name) ?? "";

    /// <summary>Names the session without opening it, to bind a page's request to it.</summary>
    public static string? SessionDigest(this ClaimsPrincipal person) => person.FindFirstValue("session");
}
