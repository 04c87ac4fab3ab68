using System.Buffers;
using Holdfast.Shell.Guards;
using Holdfast.Shell.Sealing;
using Holdfast.Studio.Accounts;
using Holdfast.TikTok.Webhooks;

namespace Holdfast.Studio.Webhooks;

/// <summary>Where TikTok tells what happened. Nothing in a body is read before its signature is found good, and 200 is answered only for what is saved: everything else is told again.</summary>
internal static class WebhookEndpoint
{
    /// <summary>The path to enter at TikTok as the app's callback URL.</summary>
    public const string Path = "/webhooks/tiktok";

    /// <summary>TikTok's events are below one kilobyte.</summary>
    private const int Largest = 64 * 1024;

    /// <summary>TikTok repeats an event for three days, and nobody says whether it signs it anew. An event is taken once however often it comes (<see cref="HearEvent"/>), so an old one does no harm.</summary>
    private static readonly TimeSpan GoodFor = TimeSpan.FromDays(4);

    /// <summary>This machine's clock may be behind TikTok's.</summary>
    private static readonly TimeSpan Ahead = TimeSpan.FromHours(1);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost(Path, HandleAsync).AllowAnonymous().DisableAntiforgery().WithMetadata(new TakesForeignCalls());

    private static async Task<IResult> HandleAsync(HttpContext context, StudioTikTok tiktok, HearEvent hear, TurnedAway turnedAway, TimeProvider clock, ILogger<HearEvent> log, CancellationToken aborted)
    {
        if (await ReadAsync(context.Request, aborted) is not { } body)
            return TypedResults.StatusCode(StatusCodes.Status413PayloadTooLarge);
        if (await AppAsync(tiktok, aborted) is not { } app)
            return TypedResults.StatusCode(StatusCodes.Status503ServiceUnavailable);

        var verdict = WebhookSignature.Verify(context.Request.Headers[WebhookSignature.Header] is [var header] ? header : null, body, app.Credentials.ClientSecret, clock.GetUtcNow(), GoodFor, Ahead);
        if (verdict is not SignatureVerdict.Valid)
        {
            turnedAway.Say(verdict, context.Connection.RemoteIpAddress);
            return TypedResults.StatusCode(StatusCodes.Status401Unauthorized);
        }

        if (WebhookEvent.Parse(body) is not { } heard || heard.ClientKey != app.Credentials.ClientKey)
            log.NotForUs(); // signed, and yet no event of this app: telling it again would not help
        else
            await hear.RunAsync(heard);
        return TypedResults.Ok();
    }

    private static async Task<TikTokApp?> AppAsync(StudioTikTok tiktok, CancellationToken aborted)
    {
        try
        {
            return await tiktok.FindAsync(aborted);
        }
        catch (SealedSecretException)
        {
            return null; // told again for three days, within which the key may be back
        }
    }

    /// <summary>The body as it came, byte by byte; <c>null</c> when it is larger than any event.</summary>
    private static async Task<byte[]?> ReadAsync(HttpRequest request, CancellationToken aborted)
    {
        if (request.ContentLength > Largest)
            return null;
        while (true)
        {
            var read = await request.BodyReader.ReadAsync(aborted);
            var (isTooLarge, isWhole) = (read.Buffer.Length > Largest, read.IsCompleted);
            var body = isWhole && !isTooLarge ? read.Buffer.ToArray() : null;
            request.BodyReader.AdvanceTo(isWhole || isTooLarge ? read.Buffer.End : read.Buffer.Start, read.Buffer.End);
            if (isWhole || isTooLarge)
                return body;
        }
    }
}
