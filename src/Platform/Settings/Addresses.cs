using System.Net;
using Holdfast.Shell.Language;

namespace Holdfast.Platform.Settings;

/// <summary>Where a request came from, in words: its address, or "this machine".</summary>
internal static class Addresses
{
    public static string Say(Texts texts, string address) =>
        IPAddress.TryParse(address, out var parsed) && IPAddress.IsLoopback(parsed) ? texts["settings.this-machine"] : address;
}
