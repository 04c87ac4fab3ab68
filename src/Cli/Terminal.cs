namespace Holdfast.Cli;

/// <summary>Where a command reads and writes: results to <paramref name="result"/> (stdout), everything said on the way to <paramref name="talk"/> (stderr).</summary>
/// <param name="isInteractive">Whether a person sits at the keyboard.</param>
internal sealed class Terminal(TextReader input, TextWriter result, TextWriter talk, bool isInteractive)
{
    public static Terminal Real => new(Console.In, Console.Out, Console.Error, !Console.IsInputRedirected);

    public bool IsInteractive => isInteractive;

    public void Say(string line = "") => talk.WriteLine(line);

    public void Print(string text) => result.WriteLine(text);

    /// <summary>The next line typed or piped in; null at the end of input.</summary>
    public Task<string?> ReadLineAsync(CancellationToken stopping) =>
        // A console read cannot be taken back, so the wait is what ends.
        input.ReadLineAsync(stopping).AsTask().WaitAsync(stopping);

    public Task<string?> AskAsync(string question, CancellationToken stopping)
    {
        talk.Write(question);
        return ReadLineAsync(stopping);
    }

    /// <summary>As <see cref="AskAsync"/>, but what a person types is not shown.</summary>
    public async Task<string?> AskSecretAsync(string question, CancellationToken stopping)
    {
        if (!isInteractive)
            return await AskAsync(question, stopping);

        talk.Write(question);
        var typed = "";
        while (true)
        {
            stopping.ThrowIfCancellationRequested();
            var key = Console.ReadKey(intercept: true);
            if (key.Key == ConsoleKey.Enter)
                break;
            typed = key.Key == ConsoleKey.Backspace ? typed[..Math.Max(0, typed.Length - 1)]
                : char.IsControl(key.KeyChar) ? typed
                : typed + key.KeyChar;
        }

        talk.WriteLine();
        return typed;
    }
}
