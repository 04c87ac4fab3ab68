using Holdfast.People.Passwords;

namespace Holdfast.Specs;

/// <summary>Passwords of specs guard nothing: a hundredth of the real work, so that hundreds of sign-ins cost seconds. What depends on the real work asks for <see cref="Real"/>.</summary>
internal static class QuickHashes
{
    public static PasswordHashes New() => new(rounds: 1_000);

    public static void AddQuickHashes(this IServiceCollection services) => services.AddSingleton(New());

    /// <summary>The work a real sign-in takes.</summary>
    public static void Real(WebApplicationBuilder builder) => builder.Services.AddSingleton(new PasswordHashes());
}
