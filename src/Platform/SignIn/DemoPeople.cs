using System.Reflection;
using System.Text.Json;
using Holdfast.Shell.Hosting;

namespace Holdfast.Platform.SignIn;

/// <summary>The fictional people of the demo; they exist only with demo content and only on loopback.</summary>
internal sealed class DemoPeople(AppOptions options)
{
    /// <summary>Printed in the README: these accounts guard nothing.</summary>
    public const string Password = "platform-demo-1";

    /// <summary>Owns the demo app; signs in to the portal.</summary>
    public const string DeveloperUserName = "dev";
    public const string DeveloperEmail = "dev@example.test";

    private static readonly Lazy<IReadOnlyList<DemoPerson>> People = new(Read);

    public bool AreOffered => options is { Demo: true, IsLoopback: true };

    public static IReadOnlyList<DemoPerson> Creators => People.Value;

    /// <summary>The bytes of a picture in <c>demo/</c>, by the path that <c>people.json</c> gives.</summary>
    public static Stream? Picture(string path) => Assembly.GetExecutingAssembly().GetManifestResourceStream("demo/" + path);

    private static IReadOnlyList<DemoPerson> Read()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("demo/people.json")!; // embedded by Platform.csproj
        return JsonSerializer.Deserialize<List<DemoPerson>>(stream, JsonSerializerOptions.Web)!;
    }
}

/// <summary>One entry of <c>demo/people.json</c>.</summary>
internal sealed record DemoPerson(string Username, string DisplayName, string Bio, string Avatar, bool Verified, bool Private, long Followers, long Following, long Likes);
