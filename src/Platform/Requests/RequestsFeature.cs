using Holdfast.Storage.Work;

namespace Holdfast.Platform.Requests;

/// <summary>Every call of a program, for its developer to look up by <c>log_id</c>.</summary>
internal static class RequestsFeature
{
    public static IServiceCollection AddRequests(this IServiceCollection services)
    {
        services.AddOptions<RequestLogOptions>().BindConfiguration("Platform:Requests").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<RequestLog>().AddSingleton<RequestRows>().AddSingleton<WatchCalls>().AddDueWork<WriteRequestLog>();
        return services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<WriteRequestLog>());
    }

    /// <summary>Before everything else: what answers first is still seen.</summary>
    public static void UseRequests(this WebApplication app)
    {
        var watch = app.Services.GetRequiredService<WatchCalls>();
        app.Use(next => http => watch.RunAsync(http, next));
    }
}
