namespace Holdfast.Shell.Components;

/// <summary>How <c>localtime.js</c> writes an instant.</summary>
public enum TimeFormat
{
    /// <summary>Day, month and time; the year when it is not this one.</summary>
    DateTime,

    /// <summary>Day, month and year.</summary>
    Date,

    /// <summary>Hours and minutes.</summary>
    Time,

    /// <summary>"in 3 minutes", kept fresh; the full instant as a tooltip.</summary>
    Relative,
}
