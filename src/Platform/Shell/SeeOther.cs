namespace Holdfast.Platform.Shell;

/// <summary>303 after a form, so that no browser posts it again to wherever this leads (attack case 29).</summary>
internal static class SeeOther
{
    public static IResult To(HttpContext http, string path)
    {
        http.Response.Headers.Location = path;
        return TypedResults.StatusCode(StatusCodes.Status303SeeOther);
    }
}
