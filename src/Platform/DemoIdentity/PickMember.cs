using Holdfast.Shell.Guards;
using Holdfast.Shell.Pages;
using Microsoft.AspNetCore.WebUtilities;

namespace Holdfast.Platform.DemoIdentity;

/// <summary>The authorization endpoint: one page on which a visitor chooses who to be.</summary>
internal static class PickMember
{
    public static void Map(IEndpointRouteBuilder club)
    {
        // Its form ends at the Platform's callback, and inside an authorization request at the app that asked.
        var pages = club.MapGroup("").WithMetadata(new LeavesByRedirect());
        pages.MapGet("/authorize", Show);
        pages.MapPost("/authorize", (IFormCollection form, HttpContext http, PotteryClub identity, ClubCodes codes) => Pick(form, http, identity, codes));
    }

    private static IResult Show(HttpContext http, PotteryClub club)
    {
        var query = http.Request.Query;
        return query["response_type"] == "code" && query["code_challenge_method"] == "S256" && query["code_challenge"] is [{ Length: 43 }] && club.Knows(query["client_id"], query["redirect_uri"])
            ? Page.Show<PickerPage>(new { Request = query.ToDictionary(pair => pair.Key, pair => pair.Value.ToString()) })
            : TypedResults.BadRequest("invalid_request");
    }

    private static IResult Pick(IFormCollection form, HttpContext http, PotteryClub club, ClubCodes codes)
    {
        if (!club.Knows(form["client_id"], form["redirect_uri"]))
            return TypedResults.BadRequest("invalid_request");
        var redirectUri = form["redirect_uri"].ToString();
        var answer = new Dictionary<string, string?> { ["state"] = form["state"], ["iss"] = club.Issuer };
        if (ClubMember.Find(form["person"]) is { } member)
            answer["code"] = codes.Add("code", new(member, redirectUri, form["nonce"], form["code_challenge"]));
        else
            answer["error"] = "access_denied";
        http.Response.Headers.Location = QueryHelpers.AddQueryString(redirectUri, answer);
        return TypedResults.StatusCode(StatusCodes.Status303SeeOther);
    }
}
