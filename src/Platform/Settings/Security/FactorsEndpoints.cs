using Holdfast.People;
using Holdfast.People.Passkeys;
using Holdfast.People.SecondFactor;
using Holdfast.People.Sessions;
using Holdfast.Shell.Language;
using Holdfast.Shell.Pages;
using Microsoft.AspNetCore.Mvc;

namespace Holdfast.Platform.Settings.Security;

/// <summary><c>/settings/security/factors</c>: authenticator app, recovery codes, passkeys. Adding asks for proof unless the sign-in is young; removing always does.</summary>
internal static class FactorsEndpoints
{
    private const string Home = "/settings/security/factors";

    public static IServiceCollection AddFactors(this IServiceCollection services) => services.AddScoped<FactorsView>().AddSingleton(new SecuritySection(typeof(FactorsCard), 20));

    public static void MapFactors(this IEndpointRouteBuilder routes)
    {
        var pages = routes.MapGroup(Home).RequireAuthorization();
        pages.MapGet("", (string? done, FactorsView view, HttpContext http) => view.ShowAsync(http, done: done));
        pages.MapPost("/totp", BeginTotpAsync);
        pages.MapPost("/totp/confirm", ConfirmTotpAsync);
        pages.MapPost("/totp/remove", RemoveTotpAsync);
        pages.MapPost("/codes", MakeCodesAsync);
        pages.MapPost("/passkeys", BeginPasskeyAsync);
        pages.MapPost("/passkeys/answer", AddPasskeyAsync);
        pages.MapPost("/passkeys/remove", RemovePasskeyAsync);
    }

    private static async Task<IResult> BeginTotpAsync([FromForm] string? proof, HttpContext http, FactorsView view, ChangeFactors change, PeopleStore people)
    {
        if (await view.RefusedAsync(http, proof, "totp", freshIsEnough: true) is { } refused)
            return refused;
        return await change.BeginTotpAsync(http.User.Id(), http.RequestAborted) is { } key ? await EnrolAsync(http, key, people, null) : SeeOther(http, Home);
    }

    private static async Task<IResult> ConfirmTotpAsync([FromForm] string? code, HttpContext http, ChangeFactors change, PeopleStore people, Texts texts)
    {
        switch (await change.ConfirmTotpAsync(http, http.User.Id(), code ?? ""))
        {
            case FactorAdded.Added(var codes):
                return Added(http, codes, "totp-added");
            default:
                return await change.PendingTotpAsync(http.User.Id(), http.RequestAborted) is { } key ? await EnrolAsync(http, key, people, texts["settings.security.totp.wrong"]) : SeeOther(http, Home);
        }
    }

    private static async Task<IResult> RemoveTotpAsync([FromForm] string? proof, HttpContext http, FactorsView view, ChangeFactors change)
    {
        if (await view.RefusedAsync(http, proof, "totp-remove") is { } refused)
            return refused;
        await change.RemoveTotpAsync(http, http.User.Id());
        return SeeOther(http, Home + "?done=totp-removed");
    }

    private static async Task<IResult> MakeCodesAsync([FromForm] string? proof, HttpContext http, FactorsView view, ChangeFactors change) =>
        await view.RefusedAsync(http, proof, "codes") is { } refused
            ? refused
            : await change.MakeCodesAsync(http, http.User.Id()) is { } codes ? Page.Show<CodesPage>(new { Codes = codes }) : SeeOther(http, Home);

    private static async Task<IResult> BeginPasskeyAsync([FromForm] string? proof, [FromForm] string? name, HttpContext http, FactorsView view, PasskeyCeremonies passkeys, PasskeyPlace place, PeopleStore people, Texts texts)
    {
        if (place.ProblemAt(http.Request) is not null)
            return SeeOther(http, Home);
        if (await view.RefusedAsync(http, proof, "passkey", freshIsEnough: true) is { } refused)
            return refused;
        var person = await PersonAsync(http, people);
        return Page.Show<NewPasskeyPage>(new { Question = await passkeys.BeginRegistrationAsync(http, person, string.IsNullOrWhiteSpace(name) ? texts["settings.security.passkeys.unnamed"] : name.Trim()) });
    }

    private static async Task<IResult> AddPasskeyAsync([FromForm] string? credential, HttpContext http, FactorsView view, PasskeyCeremonies passkeys, ChangeFactors change, Texts texts) =>
        await passkeys.FinishRegistrationAsync(http, http.User.Id(), credential ?? "") is { } made && await change.AddPasskeyAsync(http, http.User.Id(), made) is FactorAdded.Added(var codes)
            ? Added(http, codes, "passkey-added")
            : await view.ShowAsync(http, "passkey", texts["settings.security.passkeys.refused"]);

    private static async Task<IResult> RemovePasskeyAsync([FromForm] string? proof, [FromForm] string? id, HttpContext http, FactorsView view, ChangeFactors change, Texts texts)
    {
        if (await view.RefusedAsync(http, proof, $"passkey-{id}") is { } refused)
            return refused;
        return await change.RemovePasskeyAsync(http, http.User.Id(), id ?? "") switch
        {
            PasskeyRemoval.Removed => SeeOther(http, Home + "?done=passkey-removed"),
            PasskeyRemoval.LastWayIn => await view.ShowAsync(http, $"passkey-{id}", texts["settings.security.passkeys.last"]),
            _ => TypedResults.NotFound(),
        };
    }

    private static IResult Added(HttpContext http, IReadOnlyList<string> codes, string done) =>
        codes.Count > 0 ? Page.Show<CodesPage>(new { Codes = codes, Done = done }) : SeeOther(http, $"{Home}?done={done}");

    private static async Task<IResult> EnrolAsync(HttpContext http, TotpKey key, PeopleStore people, string? error) => Page.Show<TotpPage>(
        new { Key = key, Account = (await PersonAsync(http, people)).UserName, Error = error }, error is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);

    private static async Task<Person> PersonAsync(HttpContext http, PeopleStore people) =>
        await people.FindAsync(http.User.Id(), http.RequestAborted) ?? throw new InvalidOperationException("A session outlived its person.");

    private static IResult SeeOther(HttpContext http, string path)
    {
        http.Response.Headers.Location = path;
        return TypedResults.StatusCode(StatusCodes.Status303SeeOther);
    }
}
