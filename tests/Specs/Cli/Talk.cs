namespace Holdfast.Specs.Cli;

/// <summary>What a command says, readable while it runs, and the authorization link in it as soon as it is there.</summary>
internal sealed class Talk : StringWriter
{
    private readonly TaskCompletionSource<Uri> link = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public override void WriteLine(string? value)
    {
        lock (link)
            base.WriteLine(value);
        if (value is not null && (value.Contains("/v2/auth/authorize/?", StringComparison.Ordinal) || value.Contains("/qr?", StringComparison.Ordinal)))
            link.TrySetResult(new Uri(value.Trim()));
    }

    public override string ToString()
    {
        lock (link)
            return base.ToString();
    }

    public Task<Uri> LinkAsync(CancellationToken aborted) => link.Task.WaitAsync(TimeSpan.FromSeconds(30), TestClock.System, aborted);
}
