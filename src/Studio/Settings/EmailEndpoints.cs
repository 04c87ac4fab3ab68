using Holdfast.People.Email;
using Holdfast.People.Letters;
using Holdfast.People.SecondFactor;
using Holdfast.People.Sessions;
using Holdfast.Shell.Language;
using Holdfast.Shell.Pages;
using Microsoft.AspNetCore.Mvc;

namespace Holdfast.Studio.Settings;

/// <summary><c>/settings/email</c>: where a member's letters go. A new address counts once a code sent there has come back.</summary>
internal static class EmailEndpoints
{
    private const string Path = "/email";

    public static void Map(IEndpointRouteBuilder settings)
    {
        settings.MapGet(Path, (string? said, HttpContext context, ChangeEmail emails, LetterBox letters) => ShowAsync(context, emails, letters, said: SettingsEndpoints.Said(said)));
        settings.MapPost(Path, ChangeAsync);
        settings.MapPost(Path + "/code", ConfirmAsync);
    }

    private static async Task<IResult> ChangeAsync([FromForm] EmailForm form, HttpContext context, ChangeEmail emails, Proof proof, LetterBox letters, Texts texts)
    {
        if (form.Email is not { } address || !EmailRule.IsAddress(address))
            return await ShowAsync(context, emails, letters, form.Email, "email", texts["settings.email.wrong"]);
        if (await proof.PasswordAsync(context, form.Password ?? "") is not ProofAnswer.Right)
            return await ShowAsync(context, emails, letters, address, "password", texts["settings.email.wrong-password"]);
        return await emails.AskAsync(context, context.User.Id(), address, texts)
            ? Results.LocalRedirect("/settings/email?said=code")
            : await ShowAsync(context, emails, letters, address, "email", texts["settings.email.too-often"]);
    }

    private static async Task<IResult> ConfirmAsync([FromForm] EmailForm form, HttpContext context, ChangeEmail emails, LetterBox letters, Texts texts) =>
        await emails.ConfirmAsync(context, context.User.Id(), form.Code ?? "", texts)
            ? Results.LocalRedirect("/settings/email?said=confirmed")
            : await ShowAsync(context, emails, letters, field: "code", error: texts["settings.email.wrong-code"]);

    private static async Task<IResult> ShowAsync(HttpContext context, ChangeEmail emails, LetterBox letters, string? typed = null, string? field = null, string? error = null, string? said = null) => Page.Show<EmailPage>(new
    {
        State = await emails.FindAsync(context.User.Id(), context.RequestAborted),
        letters.Delivery,
        Typed = typed,
        Field = field,
        Error = error,
        Said = said,
    }, error is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
}

internal sealed class EmailForm
{
    public string? Email { get; set; }
    public string? Password { get; set; }
    public string? Code { get; set; }
}
