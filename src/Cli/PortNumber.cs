using System.CommandLine.Parsing;
using System.Globalization;

namespace Holdfast.Cli;

/// <summary>A port as somebody typed it or put it into the environment.</summary>
internal static class PortNumber
{
    /// <summary>The port; 0 and an error in the result when the text is none.</summary>
    /// <param name="name">Where the text is from, for the error's sentence.</param>
    public static int Read(ArgumentResult result, string name, string text)
    {
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and <= 65535)
            return port;
        result.AddError($"{name} takes a port from 1 to 65535, not \"{text}\".");
        return 0;
    }
}
