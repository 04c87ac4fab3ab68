namespace Holdfast.Platform.Webhooks;

internal static class WebhooksFeature
{
    public static IServiceCollection AddWebhooks(this IServiceCollection services) =>
        services.AddSingleton<WebhookQueue>().AddSingleton<UrlProperties>();
}
