using System.Net;
using System.Text.RegularExpressions;

namespace Holdfast.Journeys.Stage;

/// <summary>Pages without a browser, for what needs no screen.</summary>
internal static partial class Web
{
    public const string Password = "a password of our own";

    /// <summary>Follows nothing, keeps nothing.</summary>
    public static HttpClient Client { get; } = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });

    public static Task<string> TextAsync(string address) => Client.GetStringAsync(address, TestContext.Current.CancellationToken);

    /// <summary>Makes the first owner through the link that the console shows.</summary>
    /// <returns>The owner's user name.</returns>
    public static async Task<string> SetUpAsync(HoldfastProcess holdfast)
    {
        var link = (await holdfast.LinesUntilAsync("Ctrl-C stops.")).SelectMany(line => line.Split(' ')).Single(word => word.Contains("/setup?token=", StringComparison.Ordinal));
        var answer = await SendAsync(link, "/setup", form => form.With(
            ("token", link.Split("token=")[1]), ("workspace", "A shop"), ("zone", "Europe/Berlin"), ("userName", "frida"), ("email", "frida@example.test"), ("password", Password)));
        Assert.Equal(HttpStatusCode.Redirect, answer);
        return "frida";
    }

    public static Task<HttpStatusCode> SignInAsync(HoldfastProcess holdfast, string userName) =>
        SendAsync(holdfast.Studio + "/sign-in", "/sign-in", form => form.With(("username", userName), ("password", Password)));

    private static async Task<HttpStatusCode> SendAsync(string address, string action, Func<Fields, Fields> fill)
    {
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        var html = await client.GetStringAsync(address, TestContext.Current.CancellationToken);
        var fields = fill(new([.. HiddenFields().Matches(html).Select(field => (field.Groups["name"].Value, WebUtility.HtmlDecode(field.Groups["value"].Value)))]));
        using var answer = await client.PostAsync(new Uri(new Uri(address), action), new FormUrlEncodedContent(fields.All.Select(field => KeyValuePair.Create(field.Name, field.Value))), TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }

    [GeneratedRegex("""type="hidden"\s+name="(?<name>[^"]+)"\s+value="(?<value>[^"]*)" """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex HiddenFields();

    /// <summary>What a form sends.</summary>
    internal sealed record Fields(IReadOnlyList<(string Name, string Value)> All)
    {
        public Fields With(params (string Name, string Value)[] filled) =>
            new([.. All.Where(field => filled.All(given => !given.Name.Equals(field.Name, StringComparison.OrdinalIgnoreCase))), .. filled]);
    }
}
