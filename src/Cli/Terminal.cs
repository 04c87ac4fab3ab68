using System.Globalization;
using System.Text;

namespace Holdfast.Cli;

/// <summary>Where a command reads and writes: results to <paramref name="result"/> (stdout), everything said on the way to <paramref name="talk"/> (stderr).</summary>
/// <param name="isInteractive">Whether a person sits at the keyboard.</param>
internal sealed class Terminal(TextReader input, TextWriter result, TextWriter talk, bool isInteractive)
{
    public static Terminal Real => new(Console.In, Console.Out, Console.Error, !Console.IsInputRedirected);

    public bool IsInteractive => isInteractive;

    public void Say(string line = "") => talk.WriteLine(Plain(line));

    public void Print(string text) => result.WriteLine(Plain(text));

    /// <summary>The next line typed or piped in; null at the end of input.</summary>
    public Task<string?> ReadLineAsync(CancellationToken stopping) => OnItsOwnThread(input.ReadLine, stopping);

    public Task<string?> AskAsync(string question, CancellationToken stopping) => AskAsync(question, input.ReadLine, stopping);

    /// <summary>Asks for a line, but what a person types is not shown.</summary>
    public Task<string?> AskSecretAsync(string question, CancellationToken stopping) =>
        isInteractive ? AskAsync(question, ReadHidden, stopping) : AskAsync(question, stopping);

    // A terminal obeys control characters and turns lines around, and much of what is shown here comes from servers and pasted addresses.
    private static string Plain(string text) => string.Concat(text.EnumerateRunes().Where(letter =>
        letter.Value is '\n' || Rune.GetUnicodeCategory(letter) is not (UnicodeCategory.Control or UnicodeCategory.Format)).Select(letter => letter.ToString()));

    private async Task<string?> AskAsync(string question, Func<string?> read, CancellationToken stopping)
    {
        talk.Write(question);
        try
        {
            return await OnItsOwnThread(read, stopping);
        }
        catch (OperationCanceledException)
        {
            // The question's line is still open.
            talk.WriteLine();
            throw;
        }
    }

    private string ReadHidden()
    {
        var typed = "";
        while (Console.ReadKey(intercept: true) is { Key: not ConsoleKey.Enter } key)
        {
            typed = key.Key == ConsoleKey.Backspace ? typed[..Math.Max(0, typed.Length - 1)]
                : char.IsControl(key.KeyChar) ? typed
                : typed + key.KeyChar;
        }

        talk.WriteLine();
        return typed;
    }

    // A console read blocks and cannot be taken back, so Ctrl-C ends the wait and leaves the read to a thread that dies with the process.
    private static Task<string?> OnItsOwnThread(Func<string?> read, CancellationToken stopping)
    {
        var line = new TaskCompletionSource<string?>(TaskCreationOptions.RunContinuationsAsynchronously);
        new Thread(() =>
        {
            try
            {
                line.TrySetResult(read());
            }
            catch (Exception failure) when (failure is IOException or InvalidOperationException or ObjectDisposedException)
            {
                line.TrySetResult(null);
            }
        })
        { IsBackground = true, Name = "terminal input" }.Start();
        return line.Task.WaitAsync(stopping);
    }
}
