using Holdfast.Platform.Api;
using Holdfast.Platform.Profiles;
using Holdfast.Storage;
using Microsoft.Extensions.Options;

namespace Holdfast.Platform.Display;

/// <summary><c>GET /v2/user/info/</c> (§4.1): one field outside the grant fails the whole call.</summary>
internal static class UserInfo
{
    private const string FindUnionId = """
        select developer_account.union_id from developer_account join app on app.owner_id = developer_account.owner_id
        where app.id = @AppId and developer_account.person_id = @CreatorId
        """;

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/v2/user/info/", HandleAsync)
        .RequireAccess(withData: true).LimitPerApp("user/info", 600);

    private static async Task<IResult> HandleAsync(HttpContext http, VideoStore videos, Database database, SiteLinks links, IOptions<ApiOptions> options)
    {
        var access = http.Access();
        // Scope before fields (§7.2).
        var (fields, problem) = FieldList.Read(http.Request, UserFields.Has);
        if (!access.Scopes.Any(scope => scope.StartsWith("user.info.", StringComparison.Ordinal)))
            return ApiAnswer.RefusedWithData(ApiError.ScopeNotAuthorized);
        if (fields.Any(field => !UserFields.IsGranted(field, access.Scopes)))
            return ApiAnswer.RefusedWithData(options.Value.ScopePermissionMissed ? ApiError.ScopePermissionMissed : ApiError.ScopeNotAuthorized);
        if (problem is not null)
            return ApiAnswer.RefusedWithData(problem);

        var creator = await videos.FindCreatorAsync(access.CreatorId, http.RequestAborted)
            ?? throw new InvalidOperationException($"The account {access.CreatorId} has a token but no profile.");
        var unionId = await database.ReadAsync(session => session.FirstAsync<string>(FindUnionId, new { access.AppId, access.CreatorId }), http.RequestAborted);
        var user = new UserData(creator, access.OpenId, unionId ?? "", links.Avatar(creator.UserName), links.Profile(creator.UserName));
        return ApiAnswer.Ok(data =>
        {
            data.WriteStartObject("user");
            foreach (var field in fields)
                UserFields.Write(data, field, user);
            data.WriteEndObject();
        });
    }
}
