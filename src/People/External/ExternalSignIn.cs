using System.Buffers.Text;
using Holdfast.People.Sessions;
using Holdfast.Storage;

namespace Holdfast.People.External;

/// <summary>A trip to a provider and back: begun here by a form of ours, answered once, by the browser that began it.</summary>
public sealed class ExternalSignIn
{
    private readonly Providers providers;
    private readonly ExternalAttempts attempts;
    private readonly ExternalLogins logins;
    private readonly AskProvider ask;
    private readonly BrowserKey browser;
    private readonly OwnAddress own;
    private readonly ISecretSource secrets;
    private readonly ILogger<ExternalSignIn> log;

    internal ExternalSignIn(Providers providers, ExternalAttempts attempts, ExternalLogins logins, AskProvider ask, BrowserKey browser, OwnAddress own, ISecretSource secrets, ILogger<ExternalSignIn> log) =>
        (this.providers, this.attempts, this.logins, this.ask, this.browser, this.own, this.secrets, this.log) = (providers, attempts, logins, ask, browser, own, secrets, log);

    /// <param name="personId">Who wants to link; <c>null</c> to sign in.</param>
    /// <param name="next">Where they were going: a path of ours. It stays here.</param>
    public async Task<BeginResult> BeginAsync(HttpContext http, string provider, string? personId, string next)
    {
        if (providers.Find(provider) is not { } asked)
            return new BeginResult.Unknown();
        var trip = new TripSecrets(browser.Keep(http), Base64Url.EncodeToString(secrets.Bytes(32)));
        try
        {
            var address = await ask.AddressAsync(asked, trip, RedirectUri(http, asked), http.RequestAborted);
            await attempts.AddAsync(trip, asked.Name, personId, next, http.RequestAborted);
            return new BeginResult.Go(address);
        }
        catch (ProviderException failed)
        {
            log.ProviderFailed(asked.Name, failed.Problem, failed.Message);
            return new BeginResult.Failed(failed.Problem);
        }
    }

    /// <summary>Takes what the browser brings back from a provider.</summary>
    public async Task<ReturnResult> ReturnAsync(HttpContext http, string provider)
    {
        var query = http.Request.Query;
        // One of each, or it is nobody's answer.
        if (query["state"] is not [{ Length: > 0 and <= 100 } state] || browser.Read(http) is not { } key || providers.Find(provider) is not { } asked)
            return new ReturnResult.Failed(ExternalProblem.NotAsked, "/");
        var trip = new TripSecrets(key, state);
        if (await attempts.TakeAnswerAsync(trip, asked.Name, http.RequestAborted) is not { } attempt)
            return new ReturnResult.Failed(ExternalProblem.NotAsked, "/");
        try
        {
            await ask.CheckIssuerAsync(asked, query["iss"] is [var issuer] ? issuer : null, http.RequestAborted);
            if (query["code"] is not [{ Length: > 0 } code] || query.ContainsKey("error"))
                return new ReturnResult.Failed(query["error"] == "access_denied" ? ExternalProblem.Declined : ExternalProblem.Refused, attempt.NextPath);
            var who = await ask.WhoAsync(asked, code, trip, RedirectUri(http, asked), http.RequestAborted);
            return attempt.PersonId is null ? await SignInAsync(http, attempt, who) : await LinkAsync(http, attempt, who);
        }
        catch (ProviderException failed)
        {
            log.ProviderFailed(asked.Name, failed.Problem, failed.Message);
            return new ReturnResult.Failed(failed.Problem, attempt.NextPath);
        }
    }

    private async Task<ReturnResult> SignInAsync(HttpContext http, ExternalAttempt attempt, ExternalIdentity who)
    {
        if (await logins.OwnerAsync(attempt.Provider, who.Subject, http.RequestAborted) is { } personId)
        {
            browser.Drop(http);
            return new ReturnResult.Known(personId, attempt.NextPath);
        }
        await attempts.KeepAsync(attempt.Id, who, http.RequestAborted);
        return new ReturnResult.Stranger(attempt.Id);
    }

    private async Task<ReturnResult> LinkAsync(HttpContext http, ExternalAttempt attempt, ExternalIdentity who)
    {
        if (http.User.IdOrNull() is not { } me || me != attempt.PersonId)
            return new ReturnResult.Failed(ExternalProblem.SessionEnded, attempt.NextPath);
        browser.Drop(http);
        var linking = Linking.Elsewhere;
        await logins.LinkAsync(http, me, attempt.Provider, async session => linking = await logins.LinkAsync(session, me, attempt.Provider, who));
        return linking is Linking.Elsewhere ? new ReturnResult.Failed(ExternalProblem.LinkedElsewhere, attempt.NextPath) : new ReturnResult.Linked();
    }

    private string RedirectUri(HttpContext http, Provider provider) => own.For(http.Request) + CallbackPath(provider.Name);

    /// <summary>The path to register at a provider. Each has its own: an answer of one is never taken for another's.</summary>
    public static string CallbackPath(string provider) => $"/login/with/{provider}/callback";
}

public abstract record BeginResult
{
    private BeginResult() { }

    /// <summary>Send the browser there.</summary>
    public sealed record Go(string Address) : BeginResult;

    /// <summary>There is no such provider.</summary>
    public sealed record Unknown : BeginResult;

    public sealed record Failed(ExternalProblem Problem) : BeginResult;
}

public abstract record ReturnResult
{
    private ReturnResult() { }

    /// <summary>A linked account's person has proven who they are; the sign-in is still to be finished.</summary>
    public sealed record Known(string PersonId, string Next) : ReturnResult;

    /// <summary>Nobody's yet: the person decides on a page of ours, by this attempt's id.</summary>
    public sealed record Stranger(string AttemptId) : ReturnResult;

    /// <summary>Linked to the person who is signed in.</summary>
    public sealed record Linked : ReturnResult;

    public sealed record Failed(ExternalProblem Problem, string Next) : ReturnResult;
}
