using System.Globalization;

namespace Holdfast.TikTok;

/// <summary>Bytes that arrived, or why none did.</summary>
internal abstract record WireAnswer
{
    private WireAnswer() { }

    public abstract string Label { get; }

    public sealed record Answered(int Http, byte[] Body, DateTimeOffset? Date, TimeSpan? RetryAfter, string? ContentRange) : WireAnswer
    {
        /// <summary>The call's id as other services of TikTok's maker tell it in <c>X-Tt-Logid</c> (business-and-portal: documented there; v2: UNVERIFIED), for answers whose body holds none.</summary>
        public string? HeaderLogId { get; init; }

        public override string Label => Http.ToString(CultureInfo.InvariantCulture);
    }

    public sealed record Lost(UnknownAnswer Answer) : WireAnswer
    {
        public override string Label => Answer.Reason.ToString();
    }
}
