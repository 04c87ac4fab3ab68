using Holdfast.Platform.Console.Accounts;
using Holdfast.Platform.Console.Api;
using Holdfast.Platform.Console.Pages;
using Holdfast.Platform.Overrides;
using Holdfast.Platform.Weather;
using Holdfast.Shell.Hosting;

namespace Holdfast.Platform.Console;

/// <summary><c>/console</c> and <c>/console/api</c>: every way a TikTok integration can go wrong, on demand. Where it is off nothing of it is mapped, and nothing it left behind acts.</summary>
internal static class ConsoleFeature
{
    public static IServiceCollection AddConsole(this IServiceCollection services, ShiftedClock clock) => services
        .AddSingleton<ConsoleToken>().AddSingleton<WeatherStore>().AddSingleton<AppSwitches>().AddSingleton<SettingViews>().AddSingleton<AccountDeeds>().AddOverrides(clock)
        .AddSingleton(new FailureAnswer(path => path.StartsWithSegments("/console/api", StringComparison.OrdinalIgnoreCase), status => ConsoleAnswer.Refused(status, status is 404 or 405 ? "There is no such call; /console/api lists them." : "The request was refused.")));

    public static void MapConsole(this WebApplication app)
    {
        _ = app.Services.GetRequiredService<ConsoleToken>().Cookie; // a token that is too short stops the start, not the first request
        EnterEndpoints.Map(app);
        var pages = app.MapGroup("/console").GuardConsole(isApi: false);
        WeatherPages.Map(pages);
        FaultPages.Map(pages);
        PostPages.Map(pages);
        SettingsPages.Map(pages);
        AccountPages.Map(pages);
        ClockPages.Map(pages);
        RequestPages.Map(pages);
        ReviewPages.Map(pages);
        var api = app.MapGroup("/console/api").GuardConsole(isApi: true).DisableAntiforgery();
        FaultsApi.Map(api);
        VerdictsApi.Map(api);
        WeatherApi.Map(api);
        SettingsApi.Map(api);
        ClockApi.Map(api);
        AccountsApi.Map(api);
        RequestsApi.Map(api);
        ReviewsApi.Map(api);
    }
}
