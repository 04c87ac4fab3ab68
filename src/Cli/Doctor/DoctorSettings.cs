using Holdfast.Cli.Up;
using Holdfast.Domain.Trouble;

namespace Holdfast.Cli.Doctor;

/// <summary>What <c>doctor</c> was asked for.</summary>
/// <param name="Up">As <c>up</c> is started: what is looked at depends on it.</param>
/// <param name="Problem">Only this one of the four problems.</param>
/// <param name="SendTest">Where a test letter goes; <c>null</c> sends none.</param>
internal sealed record DoctorSettings(UpSettings Up, Problem? Problem = null, bool Json = false, string? SendTest = null);
