using System.Buffers.Text;
using System.Data.Common;
using Holdfast.Cli.Explain;
using Holdfast.Shell.Hosting;
using Holdfast.Storage;
using Holdfast.TikTok;
using Holdfast.TikTok.OAuth;

namespace Holdfast.Cli.Authorize;

/// <summary>One sign-in from link to result.</summary>
internal sealed class RunAuthorize(TimeProvider clock, ISecretSource secrets, Terminal terminal, Func<string, string?> environment)
{
    private const int SecretBytes = 32;

    public async Task<int> RunAsync(AuthorizeSettings settings, CancellationToken stopping)
    {
        try
        {
            return await RunToEndAsync(settings, stopping);
        }
        catch (StartupException refused)
        {
            terminal.Say(refused.Message);
            return ExitCode.CannotStart;
        }
        catch (TimeoutException)
        {
            terminal.Say($"Nobody came back from the {(settings.Qr ? "phone" : "browser")} within {settings.Patience.TotalMinutes:0} minutes. Nothing was exchanged; run the command again.");
            return ExitCode.NobodyCame;
        }
        catch (Exception unusable) when (unusable is IOException or UnauthorizedAccessException or DbException)
        {
            // The temporary Platform's folder, mostly.
            terminal.Say($"A file cannot be used: {unusable.Message.ReplaceLineEndings(" ")} Is the temporary folder {Path.GetTempPath()} there, writable and not full?");
            return ExitCode.CannotStart;
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            terminal.Say("Stopped.");
            return ExitCode.Stopped;
        }
    }

    private async Task<int> RunToEndAsync(AuthorizeSettings settings, CancellationToken stopping)
    {
        var target = settings.Qr ? null : RedirectTarget.For(settings);
        var endpoints = Endpoints(settings);
        using var http = TikTokHttp.CreateClient(TikTokHttp.CreateHandler());
        await using var platform = settings.TikTok ? null : await PlatformProbe.FindOrStartAsync(settings, http, terminal, clock, stopping);
        if (settings.TikTok && target is not null)
            terminal.Say($"Register this redirect URI in the developer portal (Login Kit, {(target.CanListen ? "Desktop" : "Web")}): {target.ToRegister}");
        var app = await AuthorizeApp.FindAsync(settings, environment, terminal, stopping);

        var client = new TikTokClient(endpoints, http, clock);
        var scopes = settings.Scopes.Count > 0 ? settings.Scopes : settings.TikTok ? [TikTokScopes.UserInfoBasic] : DemoApp.Scopes;
        var (callback, result) = target is null
            ? await new ScanToSignIn(clock, secrets, terminal).RunAsync(settings, client, app, scopes, stopping)
            : await SignInAsync(settings, target, endpoints, app, scopes, http, stopping);
        if (callback is not AuthorizationCallback.Granted granted)
            return ExitCode.NotAuthorized;

        var ended = settings.CodeOnly
            ? result.Show(granted, settings.Json, terminal)
            : await ExchangeAsync(client, granted, result, settings, stopping);
        if (platform is not null && ended == ExitCode.Done)
            await StayAsync(settings, stopping);
        return ended;
    }

    /// <summary>Sends the person off and waits for them. The listener is gone when this returns.</summary>
    private async Task<(AuthorizationCallback? Callback, AuthorizeResult Result)> SignInAsync(
        AuthorizeSettings settings, RedirectTarget target, TikTokEndpoints endpoints, AuthorizeApp app, IReadOnlyList<string> scopes, HttpClient http, CancellationToken stopping)
    {
        var state = Base64Url.EncodeToString(secrets.Bytes(SecretBytes));
        await using var listener = settings.Paste ? null : await LoopbackListener.StartAsync(target, state, terminal.Say, stopping);
        var redirectUri = listener?.RedirectUri ?? target.At(target.Port);
        var pkce = Pkce.StyleFor(redirectUri) == PkceStyle.Hex ? Pkce.Create(secrets.Bytes(SecretBytes)) : null;
        var link = new AuthorizationRequest(app.Credentials.ClientKey, scopes, redirectUri, state) { Pkce = pkce }.ToUrl(endpoints);
        var result = new AuthorizeResult(endpoints, app, redirectUri, pkce?.Verifier, scopes, clock);

        // At TikTok a wrong link ends at a page only the browser sees. Our Platform can be asked beforehand.
        if (!settings.TikTok && await PlatformProbe.RefusalAsync(link, http, clock, stopping) is { } refusal)
        {
            ExplainTo(refusal);
            return (null, result);
        }

        ShowLink(settings, link);
        var callback = listener is null ? await PasteAsync(state, redirectUri, stopping) : await listener.Answer.WaitAsync(settings.Patience, clock, stopping);
        if (callback is AuthorizationCallback.Refused no)
            ExplainTo($"?error={Uri.EscapeDataString(no.Error)}&error_description={Uri.EscapeDataString(no.Description)}&state=echoed");
        return (callback, result);
    }

    private async Task<int> ExchangeAsync(TikTokClient client, AuthorizationCallback.Granted granted, AuthorizeResult result, AuthorizeSettings settings, CancellationToken stopping)
    {
        switch (await client.Tokens.ExchangeAsync(result.App.Credentials, granted.Code, result.RedirectUri, result.Verifier, stopping))
        {
            case TokenOutcome.Granted(var grant):
                return result.Show(grant, settings.Json, terminal);
            case TokenOutcome.Refused(var error):
                return Refused(error);
            case TokenOutcome.AppProblem(var error):
                return Refused(error);
            case TokenOutcome.Unknown(var answer):
                terminal.Say($"The exchange got no answer that can be trusted: {answer.Detail}{LogId(answer.LogId)}");
                terminal.Say("The code may be used up. Run the command again for a new one.");
                return ExitCode.NoAnswer;
            case var other:
                throw new System.Diagnostics.UnreachableException($"No answer for {other}.");
        }
    }

    private int Refused(OAuthError error)
    {
        terminal.Say($"The exchange was refused: {error.Error} ({error.Description}){LogId(error.LogId)}");
        terminal.Say(ExchangeErrors.Advice(error));
        return ExitCode.NotExchanged;
    }

    private static string LogId(string? logId) => logId is null ? "" : $" log_id {logId}";

    private void ShowLink(AuthorizeSettings settings, Uri link)
    {
        var opened = !settings.NoBrowser && !settings.Paste && Browser.TryOpen(link, environment);
        terminal.Say(opened ? "Your browser opens. If it does not, open this link:" : "Open this link in a browser and authorize:");
        terminal.Say();
        terminal.Say($"  {link.AbsoluteUri}");
        terminal.Say();
        if (!settings.Paste)
            terminal.Say("Waiting for the answer here (Ctrl-C stops). If the browser is on another machine, run this with --paste.");
    }

    /// <exception cref="StartupException">The input ended.</exception>
    private async Task<AuthorizationCallback> PasteAsync(string state, string redirectUri, CancellationToken stopping)
    {
        terminal.Say($"Afterwards the browser goes to {redirectUri} and may say that it cannot be reached. That is fine:");
        while (await terminal.AskAsync("Paste the whole address from its address bar here: ", stopping) is { } line)
        {
            if (string.IsNullOrWhiteSpace(line))
                continue;
            var callback = AuthorizationCallback.Parse(line.Contains('?', StringComparison.Ordinal) ? line[line.IndexOf('?', StringComparison.Ordinal)..].Trim() : line.Trim());
            var echoed = callback switch { AuthorizationCallback.Granted yes => yes.State, AuthorizationCallback.Refused no => no.State, _ => null };
            if (AuthorizationState.Matches(state, echoed))
                return callback;
            if (callback is AuthorizationCallback.NotACallback)
                ExplainTo(line);
            else
                terminal.Say("This address answers another sign-in: its state is not the one of the link above.");
        }

        throw new StartupException("The input ended before an address was pasted. Nothing was exchanged.");
    }

    private void ExplainTo(string address)
    {
        var explanation = ExplainAddress.Of(address);
        terminal.Say(explanation.Summary);
        foreach (var finding in explanation.Findings.OrderByDescending(finding => finding.Weight))
            terminal.Say(ExplainCommand.Flat($"  {finding.Says} {finding.Fix}").TrimEnd());
    }

    private async Task StayAsync(AuthorizeSettings settings, CancellationToken stopping)
    {
        if (settings.Json)
        {
            terminal.Say("The temporary Platform ends now, and what it issued with it. Start one that stays with: holdfast up");
            return;
        }

        terminal.Say($"The temporary Platform stays at {settings.PlatformUrl.GetLeftPart(UriPartial.Authority)} so that you can try this. Ctrl-C ends it and what it issued.");
        var told = new TaskCompletionSource();
        await using (stopping.Register(told.SetResult))
            await told.Task;
    }

    /// <exception cref="StartupException">The address would carry secrets in the clear.</exception>
    private static TikTokEndpoints Endpoints(AuthorizeSettings settings)
    {
        try
        {
            return settings.TikTok ? TikTokEndpoints.Default : TikTokEndpoints.At(settings.PlatformUrl);
        }
        catch (ArgumentException refused)
        {
            throw new StartupException($"{settings.PlatformUrl} cannot be used: {refused.Message.Split(" (Parameter", 2)[0]}", refused);
        }
    }
}
