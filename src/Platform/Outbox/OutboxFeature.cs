using Holdfast.People.Letters;
using Holdfast.Shell.Pages;

namespace Holdfast.Platform.Outbox;

/// <summary><c>/outbox</c>: the letters this Platform would have sent. Only where nobody but this machine can look, and no mail server is configured.</summary>
internal static class OutboxFeature
{
    private const int Shown = 50;

    public static void MapOutbox(this IEndpointRouteBuilder routes) => routes.MapGet("/outbox", async (LetterBox letters, CancellationToken aborted) =>
        letters.Delivery is Delivery.Outbox ? (IResult)Page.Show<OutboxPage>(new { Letters = await letters.ListAsync(Shown, aborted) }) : TypedResults.NotFound());
}
