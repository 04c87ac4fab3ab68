using System.Runtime.InteropServices;

namespace Holdfast.Cli;

/// <summary>Ctrl-C and its relatives: the first asks to stop, the second does not ask.</summary>
internal sealed class Signals : IDisposable
{
    private readonly CancellationTokenSource stopping = new();
    private readonly PosixSignalRegistration[] registrations;

    public Signals() => registrations = [Listen(PosixSignal.SIGINT), Listen(PosixSignal.SIGTERM)];

    public CancellationToken Stopping => stopping.Token;

    public void Dispose()
    {
        foreach (var registration in registrations)
            registration.Dispose();
        stopping.Dispose();
    }

    private PosixSignalRegistration Listen(PosixSignal signal) => PosixSignalRegistration.Create(signal, context =>
    {
        // Uncancelled, the system does what it does to any program: it ends here and now.
        context.Cancel = !stopping.IsCancellationRequested;
        stopping.Cancel();
    });
}
