using Holdfast.Storage;

namespace Holdfast.Shell.Hosting;

/// <summary><c>/health/live</c>: the process answers. <c>/health/ready</c>: it can do its work.</summary>
internal static class Health
{
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        // Also for a page elsewhere that wants to know whether its browser reaches us: it learns that, and nothing else.
        routes.MapGet("/health/live", () => TypedResults.Text("live")).AllowAnonymous().WithMetadata(new Guards.LoadsElsewhere());
        routes.MapGet("/health/ready", ReadyAsync).AllowAnonymous();
    }

    private static async Task<IResult> ReadyAsync(Database database, ILogger<Database> log, CancellationToken aborted)
    {
        try
        {
            await database.ReadAsync(session => session.FirstAsync<long>("select count(*) from migration"), aborted);
            return TypedResults.Text("ready");
        }
        catch (Exception failure) when (failure is System.Data.Common.DbException or ObjectDisposedException)
        {
            log.NotReady(failure);
            return TypedResults.Text("the database does not answer", statusCode: StatusCodes.Status503ServiceUnavailable);
        }
    }
}
