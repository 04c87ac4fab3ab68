using Holdfast.Domain.Trouble;
using Holdfast.People.Sessions;
using Holdfast.People.SignIn;
using Holdfast.Studio.Workspaces;

namespace Holdfast.Studio.Help.Trouble;

/// <summary>Gathers the facts for whoever asks, and judges them.</summary>
internal sealed class Examine(GatherFacts gather, BrowserReport browser, PasswordSignIn signIn, CurrentWorkspace workspace)
{
    public async Task<Examined> AsMemberAsync(Problem problem, HttpContext http, CancellationToken aborted) => await RunAsync(problem, new Asking
    {
        WorkspaceId = workspace.Id,
        PersonId = http.User.Id(),
        Browser = browser.Read(http),
        Wait = problem is Problem.SignIn ? await signIn.WaitAsync(http.User.Id(), http) : TimeSpan.Zero,
    }, http, aborted);

    public async Task<Examined> AsStrangerAsync(HttpContext http, CancellationToken aborted) => await RunAsync(Problem.SignIn, new Asking
    {
        IsStranger = true,
        Browser = browser.Read(http),
        Wait = await signIn.WaitAsync(null, http),
    }, http, aborted);

    private async Task<Examined> RunAsync(Problem problem, Asking asking, HttpContext http, CancellationToken aborted)
    {
        var facts = await gather.RunAsync(problem, asking, aborted);
        var diagnosis = Diagnosis.Of(problem, facts);
        return new Examined(diagnosis, facts, TroubleReport.Of(diagnosis, facts, http.Request.Headers.UserAgent));
    }
}

/// <summary>What came of it.</summary>
/// <param name="Report">To copy.</param>
public sealed record Examined(Diagnosis Diagnosis, TroubleFacts Facts, string Report);
