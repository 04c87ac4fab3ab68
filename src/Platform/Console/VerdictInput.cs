using Holdfast.Platform.Faults;
using Holdfast.Platform.Overrides;

namespace Holdfast.Platform.Console;

/// <summary>Reads a verdict from a form or from JSON.</summary>
internal static class VerdictInput
{
    public static IReadOnlyList<string> Fields { get; } = ["fail_reason", "processing_delay", "moderation_delay", "times", "for", "client_key", "account"];

    private static readonly string[] Spans = ["processing_delay", "moderation_delay", "for"];

    /// <summary>The verdict; or the name of the field that cannot be read.</summary>
    public static (NewVerdict? Verdict, string Field) Read(ConsoleInput input)
    {
        var times = int.TryParse(input["times"], System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : (int?)null;
        if (input.Stranger(Fields) is { } stranger)
            return (null, stranger);
        if (times is null && input["times"] is not null)
            return (null, "times");
        if (Spans.FirstOrDefault(name => input[name] is { } text && SpanText.Read(text) is null) is { } wrong)
            return (null, wrong);
        return (new NewVerdict
        {
            FailReason = input["fail_reason"],
            ProcessingDelay = SpanText.Read(input["processing_delay"]),
            ModerationDelay = SpanText.Read(input["moderation_delay"]),
            Times = times,
            For = SpanText.Read(input["for"]),
            ClientKey = input["client_key"],
            Account = input["account"],
        }, "");
    }
}
