using Holdfast.Shell.Guards;

namespace Holdfast.Platform.Qr;

/// <summary>Signing in on a device by scanning its screen with a phone (§1.9).</summary>
internal static class QrFeature
{
    public static IServiceCollection AddQr(this IServiceCollection services)
    {
        services.AddOptions<QrOptions>().BindConfiguration("Platform:Qr").ValidateDataAnnotations().ValidateOnStart();
        return services.AddSingleton<QrRequests>().AddSingleton<GetQrCode>().AddSingleton<CheckQrCode>();
    }

    public static void MapQr(this IEndpointRouteBuilder routes)
    {
        routes.Map("/v2/oauth/get_qrcode", GetQrCode.AnswerAsync).WithMetadata(new TakesForeignCalls()).DisableAntiforgery();
        routes.Map("/v2/oauth/check_qrcode", CheckQrCode.AnswerAsync).WithMetadata(new TakesForeignCalls()).DisableAntiforgery();
        ScanEndpoints.Map(routes);
    }
}
