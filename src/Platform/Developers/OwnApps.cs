using Holdfast.People;
using Holdfast.Platform.Authorize;
using Holdfast.Platform.Developers.Credentials;
using Holdfast.Platform.SignIn;
using Holdfast.Platform.Webhooks;
using Holdfast.Shell.Hosting;
using Holdfast.Storage;

namespace Holdfast.Platform.Developers;

/// <summary>Apps that whoever runs this Platform keeps registered at it, by the same rules as the portal's.</summary>
public static class OwnApps
{
    /// <summary>Sees to it that the app exists and may be returned to at <paramref name="redirectUri"/>.</summary>
    /// <param name="owner">User name of the developer it belongs to; made when there is none, with a password nobody knows.</param>
    /// <param name="knownKey">The client key whose secret the caller still has.</param>
    /// <param name="icon">A picture from <c>demo/icons</c>, for as long as the app has none.</param>
    /// <param name="callback">Where the app hears webhooks; <c>null</c> leaves that as it is.</param>
    /// <returns>Key and new secret, the old one being dead; <c>null</c> when what the caller has is still good.</returns>
    /// <exception cref="StartupException">The portal would refuse this app.</exception>
    public static async Task<AppCredentials?> KeepAppAsync(this WebApplication app, string owner, string name, string redirectUri, string? knownKey, string? icon = null, string? callback = null, CancellationToken stopping = default)
    {
        var registry = app.Services.GetRequiredService<AppRegistry>();
        var ownerId = await OwnerAsync(app.Services, owner, stopping);
        var redirect = new RegisteredRedirect { Platform = redirectUri.StartsWith("https://", StringComparison.Ordinal) ? RedirectPlatform.Web : RedirectPlatform.Desktop, Uri = redirectUri };
        var mine = (await registry.ListAsync(ownerId, stopping)).FirstOrDefault(candidate => candidate.Name == name && !candidate.IsSandbox);
        if (mine is null)
        {
            if (await registry.RegisterAsync(ownerId, new NewApp(name, [redirect], KnownScopes.All) { ByOperator = true }, stopping) is not RegisterResult.Registered(var registered))
                throw Refused(redirectUri);
            await IconAsync(app.Services, registered.Id, icon, stopping);
            await HearAsync(app.Services, ownerId, registered.Id, callback, stopping);
            return new AppCredentials(registered.ClientKey, registered.ClientSecret);
        }

        await IconAsync(app.Services, mine.Id, icon, stopping);
        await HearAsync(app.Services, ownerId, mine.Id, callback, stopping);
        var detail = await registry.FindAsync(ownerId, mine.Id, stopping) ?? throw new InvalidOperationException($"The app {mine.Id} went away.");
        var isListed = detail.Redirects.Any(known => known.Platform == redirect.Platform && known.Uri == redirect.Uri);
        // A newer Platform may know more scopes than the one that registered the app.
        if (!isListed || detail.Scopes.Count < KnownScopes.All.Length)
        {
            // A list that is full lets go of the address that is not used now.
            var kept = isListed ? detail.Redirects
                : (IReadOnlyList<RegisteredRedirect>)[.. detail.Redirects.Where(known => known.Platform != redirect.Platform), .. detail.Redirects.Where(known => known.Platform == redirect.Platform).TakeLast(RedirectUriRule.Most - 1), redirect];
            if (await registry.ChangeAsync(ownerId, mine.Id, new NewApp(name, kept, KnownScopes.All), stopping) is not null)
                throw Refused(redirectUri);
        }
        if (mine.ClientKey == knownKey)
            return null;
        return await app.Services.GetRequiredService<RotateSecret>().RunAsync(ownerId, mine.Id, TimeSpan.Zero, stopping) is RotateResult.Rotated(var secret, _) ? new AppCredentials(mine.ClientKey, secret) : throw new InvalidOperationException($"The app {mine.Id} went away.");
    }

    private static Task IconAsync(IServiceProvider services, string appId, string? icon, CancellationToken stopping) =>
        icon is null ? Task.CompletedTask : services.GetRequiredService<AppIcons>().EnsureAsync(appId, icon, stopping);

    private static Task HearAsync(IServiceProvider services, string ownerId, string appId, string? callback, CancellationToken stopping) =>
        callback is null ? Task.CompletedTask : services.GetRequiredService<AppWebhooks>().SetAddressAsync(ownerId, appId, callback, stopping);

    private static async Task<string> OwnerAsync(IServiceProvider services, string owner, CancellationToken stopping)
    {
        var people = services.GetRequiredService<PeopleStore>();
        if (await people.FindByUserNameAsync(owner, stopping) is { } known)
            return known.Id;
        var password = Convert.ToHexString(services.GetRequiredService<ISecretSource>().Bytes(32));
        return await services.GetRequiredService<CreatorAccounts>().SignUpAsync(new NewPerson(owner, password), stopping) is SignUpResult.Added(var added)
            ? added.Id
            : throw new StartupException($"\"{owner}\" cannot own an app at the Platform.");
    }

    private static StartupException Refused(string redirectUri) =>
        new($"The Platform does not take {redirectUri} as a redirect address: off this machine it has to be https with a host name, on this machine http://localhost with a port. Change --studio-url or --studio-port.");
}
