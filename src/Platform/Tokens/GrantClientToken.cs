using Holdfast.Storage;
using Microsoft.Extensions.Options;

namespace Holdfast.Platform.Tokens;

/// <summary><c>grant_type=client_credentials</c> (§2.4): the app's own token, which opens nothing of any person.</summary>
internal sealed class GrantClientToken(Database database, ClientApps apps, TokenText text, IOptions<TokenOptions> options, TimeProvider clock)
{
    public async Task<OAuthAnswer> RunAsync(OAuthRequest.Readable request)
    {
        var app = await database.ReadAsync(session => apps.FindAsync(session, request.ClientKey));
        if (!apps.Matches(app, request.ClientSecret))
            return OAuthAnswer.Refused(OAuthError.WrongClient);

        var token = text.Next("clt.");
        await database.WriteAsync(session => session.RunAsync(
            "insert into client_token (digest, app_id, expires_at) values (@digest, @app, @ends)",
            new { digest = TokenText.Digest(token), app = app!.Id, ends = clock.GetUtcNow() + options.Value.AccessFor })); // Matches said there is an app
        return new OAuthAnswer.ClientGranted(token, options.Value.AccessFor);
    }
}
