using System.Runtime.CompilerServices;

namespace Holdfast.Specs;

/// <summary>Of what hundreds of apps under test log, the console shows errors alone, so that a failed test is found. Other listeners hear everything; who wants to read along sets the variable to <c>Information</c>.</summary>
internal static class QuietConsole
{
    private const string Level = "HOLDFAST_Logging__Console__LogLevel__Default";

    [ModuleInitializer]
    internal static void Ask() => Environment.SetEnvironmentVariable(Level, Environment.GetEnvironmentVariable(Level) ?? "Error");
}
