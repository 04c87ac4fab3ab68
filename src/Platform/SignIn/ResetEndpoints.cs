using Holdfast.People;
using Holdfast.People.Passwords;
using Holdfast.Platform.Profiles;
using Holdfast.Platform.Shell;
using Holdfast.Shell.Language;
using Holdfast.Shell.Pages;

namespace Holdfast.Platform.SignIn;

/// <summary><c>/login/reset</c>: a new password by a letter's code or link. It ends at the log-in page: a second factor is asked for as ever.</summary>
internal static class ResetEndpoints
{
    public const string Ask = "/login/reset";
    public const string ByCode = "/login/reset/code";
    public const string ByLink = "/login/reset/link";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Ask, (string? next) => ShowAsk(next));
        routes.MapPost(Ask, AskAsync);
        routes.MapGet(ByCode, (string? next) => Show(new CodeForm { Next = next }));
        routes.MapPost(ByCode, ByCodeAsync);
        routes.MapGet(ByLink, (string? token) => Show(new CodeForm { Link = token ?? "" }));
        routes.MapPost(ByLink, ByLinkAsync);
    }

    private static async Task<IResult> AskAsync([AsParameters] CodeForm form, HttpContext http, ResetPassword reset, SiteLinks links, Texts texts) =>
        await reset.AskAsync(http, form.UserName ?? "", token => links.At($"{ByLink}?token={token}"), texts)
            ? SeeOther.To(http, $"{ByCode}?next={Uri.EscapeDataString(LocalPath.Or(form.Next, "/"))}")
            : ShowAsk(form.Next, texts["signin.code.too-often"], StatusCodes.Status429TooManyRequests);

    private static async Task<IResult> ByCodeAsync([AsParameters] CodeForm form, HttpContext http, ResetPassword reset, Texts texts)
    {
        form.Link = null;
        return Answer(await reset.ByCodeAsync(http, form.Code ?? "", form.Password ?? "", texts), form, http, texts);
    }

    private static async Task<IResult> ByLinkAsync([AsParameters] CodeForm form, HttpContext http, ResetPassword reset, Texts texts)
    {
        form.Link ??= "";
        return Answer(await reset.ByLinkAsync(http, form.Link, form.Password ?? "", texts), form, http, texts);
    }

    private static IResult Answer(PasswordResult result, CodeForm form, HttpContext http, Texts texts) => result switch
    {
        PasswordResult.Changed => SeeOther.To(http, $"/login?reset&next={Uri.EscapeDataString(LocalPath.Or(form.Next, "/"))}"),
        PasswordResult.Refused(var problem) => Show(form, "password", texts[$"signin.problem.{problem}"]),
        _ => Show(form, "code", texts[form.Link is null ? "signin.code.wrong" : "signin.reset.link-wrong"]),
    };

    private static IResult ShowAsk(string? next, string? error = null, int status = StatusCodes.Status200OK) =>
        Page.Show<AskLetterPage>(new { Next = LocalPath.Or(next, "/"), Action = Ask, Key = "reset", Error = error }, status);

    private static IResult Show(CodeForm form, string? field = null, string? error = null) =>
        Page.Show<NewPasswordPage>(new { Next = LocalPath.Or(form.Next, "/"), form.Link, Field = field, Error = error }, error is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
}
