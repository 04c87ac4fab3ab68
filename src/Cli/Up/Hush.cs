namespace Holdfast.Cli.Up;

/// <summary>While the demo is filled, a screen of log lines about it helps nobody; warnings are always told.</summary>
internal sealed class Hush
{
    public bool IsOn { get; set; }

    public void Over(WebApplicationBuilder builder)
    {
        var usual = Enum.TryParse<LogLevel>(builder.Configuration["Logging:LogLevel:Default"], out var configured) ? configured : LogLevel.Information;
        builder.Logging.AddFilter("Holdfast", level => level >= (IsOn ? LogLevel.Warning : usual));
    }
}
