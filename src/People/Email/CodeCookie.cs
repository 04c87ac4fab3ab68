using Holdfast.Shell.Hosting;

namespace Holdfast.People.Email;

/// <summary>Keeps the handle of a code in the browser that asked for it.</summary>
public sealed class CodeCookie(AppIdentity app, AppOptions options)
{
    public void Keep(HttpContext http, CodePurpose purpose, string handle) => http.Response.Cookies.Append(Name(purpose), handle, Attributes(EmailCodes.GoodFor));

    /// <summary>The handle; one that fits nothing when there is none, so that the work is the same.</summary>
    public string Read(HttpContext http, CodePurpose purpose) => http.Request.Cookies.TryGetValue(Name(purpose), out var value) && value.Length < 200 ? value : "";

    public void Drop(HttpContext http, CodePurpose purpose) => http.Response.Cookies.Delete(Name(purpose), Attributes(null));

    private string Name(CodePurpose purpose) => app.Cookie(purpose switch { CodePurpose.Verify => AppCookie.CodeVerify, CodePurpose.SignIn => AppCookie.CodeSignIn, _ => AppCookie.CodeReset }, options.IsHttps);

    private CookieOptions Attributes(TimeSpan? age) => new() { Path = "/", HttpOnly = true, Secure = options.IsHttps, SameSite = SameSiteMode.Lax, MaxAge = age, IsEssential = true };
}
