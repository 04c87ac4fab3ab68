using System.Net;
using AngleSharp.Html.Parser;
using Holdfast.People.SecondFactor;
using Holdfast.Specs.People;
using Holdfast.Specs.Storage;
using Holdfast.Storage;

namespace Holdfast.Specs.Studio.Accounts;

/// <summary>Studio's door asks for the second factor as the Platform's does: it is the same sign-in behind.</summary>
public sealed class SecondFactorSpecs
{
    public static TheoryData<Engine> Engines => DatabaseUnderTest.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task A_member_with_an_authenticator_app_enters_with_a_code_after_the_password_and_not_before(Engine engine)
    {
        await using var studio = await SignedInStudio.StartAsync(new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero), engine: engine);
        var http = await Caller.SignedInAsync(studio.Service<IServiceProvider>(), studio.MemberId);
        var change = studio.Service<ChangeFactors>();
        var seed = Base32.Decode((await change.BeginTotpAsync(studio.MemberId, CancellationToken.None))!.Grouped.Replace(" ", "", StringComparison.Ordinal));
        Assert.IsType<FactorAdded.Added>(await change.ConfirmTotpAsync(http, studio.MemberId, CodeNow()));
        studio.Clock.Advance(TimeSpan.FromSeconds(30));

        using var asked = await SendAsync("/sign-in", ("username", "maren"), ("password", "correct horse"), ("next", "/calendar"));
        using var early = await studio.Http.GetAsync("/calendar");
        using var wrong = await SendAsync("/sign-in/code", ("code", "000000"));
        using var right = await SendAsync("/sign-in/code", ("code", CodeNow()));
        using var inside = await studio.Http.GetAsync("/calendar");

        Assert.Equal("/sign-in/code", asked.Headers.Location?.OriginalString);
        Assert.StartsWith("/sign-in?next=", early.Headers.Location?.OriginalString, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        Assert.Equal("/calendar", right.Headers.Location?.OriginalString);
        Assert.Equal(HttpStatusCode.OK, inside.StatusCode);
        using var again = await studio.Http.GetAsync("/sign-in/code");
        Assert.Equal("/sign-in", again.Headers.Location?.OriginalString);

        string CodeNow() => Totp.CodeAt(seed, Totp.StepAt(studio.Clock.GetUtcNow()));

        async Task<HttpResponseMessage> SendAsync(string path, params (string Name, string Value)[] fields)
        {
            var page = new HtmlParser().ParseDocument(await studio.Http.GetStringAsync(path));
            var token = page.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
            return await studio.Http.PostAsync(path, new FormUrlEncodedContent(fields.Append(("__RequestVerificationToken", token)).Select(field => KeyValuePair.Create(field.Item1, field.Item2))));
        }
    }
}
