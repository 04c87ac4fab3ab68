using Holdfast.Storage.Work;

namespace Holdfast.Studio.Webhooks;

internal static class WebhooksRegistration
{
    public static void AddWebhooks(this IServiceCollection services)
    {
        services.AddSingleton<HearEvent>().AddSingleton<TurnedAway>();
        services.AddDueWork<TidyEvents>();
    }

    public static void MapWebhooks(this IEndpointRouteBuilder routes) => WebhookEndpoint.Map(routes);
}
