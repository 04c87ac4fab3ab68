using System.Data.Common;
using System.Net.Sockets;
using Holdfast.Shell.Hosting;

namespace Holdfast.Cli.Doctor;

/// <summary>What one round finds, group by group. What nobody thought of ends its own group and is told: everything that was found before and after stands.</summary>
internal sealed class Round(CancellationToken stopping)
{
    private readonly List<Check> found = [];

    public IReadOnlyList<Check> Found => found;

    /// <returns>Nothing of this group stands in the way.</returns>
    public Task<bool> LookAsync(string name, Func<IEnumerable<Check>> look) => LookAsync(name, () => Task.FromResult(look()));

    /// <inheritdoc cref="LookAsync(string, Func{IEnumerable{Check}})"/>
    public async Task<bool> LookAsync(string name, Func<Task<IEnumerable<Check>>> look)
    {
        var before = found.Count;
        try
        {
            foreach (var check in await look())
                found.Add(check); // one by one: a look may break half-way
        }
        catch (Exception broken) when (!stopping.IsCancellationRequested)
        {
            found.Add(Broken(name, broken));
        }
        return found.Skip(before).All(check => check.State is not CheckState.Fail);
    }

    /// <remarks>Only what the world says is repeated. What is said about a setting or an argument quotes it, and it may be a secret.</remarks>
    private static Check Broken(string name, Exception broken) => broken switch
    {
        StartupException refused => Check.Fail(name, refused.Message, "Change what it names, and run doctor again."),
        DbException or IOException or UnauthorizedAccessException or SocketException or HttpRequestException =>
            Check.Fail(name, $"Looking broke off: {broken.Message}", "Mend what that names, and run doctor again."),
        _ => Check.Fail(name, $"Looking broke off ({broken.GetType().Name}).", "Look at the options of this command and at the HOLDFAST_ variables; if they are right, this is a fault of Holdfast worth reporting."),
    };
}
