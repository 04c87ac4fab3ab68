using Holdfast.People;
using Holdfast.People.Account;
using Holdfast.People.Activity;
using Holdfast.People.Sessions;
using Holdfast.Platform.Shell;
using Holdfast.Shell.Pages;

namespace Holdfast.Platform.Settings;

/// <summary><c>/settings</c>: a person's own account, in tabs. Apps is Permissions' page.</summary>
internal static class SettingsFeature
{
    private const int ShownActivity = 100;

    public static IServiceCollection AddSettings(this IServiceCollection services) => services.AddSingleton<ProfileSettings>()
        .AddSingleton<ICredentialListener, EndAccess>().AddSingleton<IAccountListener, LeaveCreator>();

    public static void MapSettings(this IEndpointRouteBuilder routes)
    {
        var pages = routes.MapGroup("/settings").RequireAuthorization();
        pages.MapGet("", () => Results.LocalRedirect("/settings/profile"));
        ProfileEndpoints.Map(pages);
        SecurityEndpoints.Map(pages);
        pages.MapGet("/activity", async (HttpContext http, ActivityLog activity) => Page.Show<ActivityPage>(new { Entries = await activity.ListAsync(http.User.Id(), ShownActivity, http.RequestAborted) }));
    }

    /// <summary>Back to a tab, saying what was done.</summary>
    public static IResult Back(HttpContext http, SettingsPlace place, SettingsDone? done = null) =>
        SeeOther.To(http, $"/settings/{place.ToString().ToLowerInvariant()}{(done is { } what ? $"?done={what.ToString().ToLowerInvariant()}" : "")}");

    public static SettingsDone? Done(string? name) => Enum.TryParse<SettingsDone>(name, ignoreCase: true, out var done) && Enum.IsDefined(done) ? done : null;
}
