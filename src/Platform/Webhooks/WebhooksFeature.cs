using Holdfast.Platform.Webhooks.Properties;
using Holdfast.Storage.Work;

namespace Holdfast.Platform.Webhooks;

internal static class WebhooksFeature
{
    public static IServiceCollection AddWebhooks(this IServiceCollection services) => services
        .AddSingleton<WebhookQueue>().AddSingleton<DeliveryStore>().AddSingleton<AppWebhooks>().AddSingleton<IWebhookCarrier, WebhookCarrier>()
        .AddSingleton<UrlProperties>().AddSingleton<PropertyStore>().AddSingleton<VerifyProperty>()
        .AddDueWork<DeliverWebhooks>().AddDueWork<TidyDeliveries>();

    public static void MapWebhooks(this IEndpointRouteBuilder routes)
    {
        WebhookEndpoints.Map(routes);
        PropertyEndpoints.Map(routes);
    }
}
