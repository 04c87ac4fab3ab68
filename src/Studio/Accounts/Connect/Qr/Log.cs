namespace Holdfast.Studio.Accounts.Connect.Qr;

internal static partial class Log
{
    [LoggerMessage(LogLevel.Warning, "The QR code of attempt {Attempt} was answered for another scan: its ticket is not ours. Nothing was exchanged")]
    public static partial void ForeignScan(this ILogger logger, string attempt);
}
