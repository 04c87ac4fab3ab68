using System.Text;
using Holdfast.Platform.Outside;
using Holdfast.Shell.Outside;

namespace Holdfast.Platform.Webhooks.Properties;

/// <summary>Looks for the proof of a claim where only its owner can put it (§5.9).</summary>
internal sealed class VerifyProperty(PropertyStore properties, TxtLookup names, OutsideFetch outside)
{
    private const int LargestFile = 1024;

    /// <summary>Looks and notes what it found; false when there is no such claim of this person.</summary>
    public async Task<bool> RunAsync(string ownerId, string id, CancellationToken aborted)
    {
        if (await properties.FindAsync(ownerId, id, aborted) is not { } property)
            return false;
        await properties.SaveCheckAsync(ownerId, id, property.IsDomain ? await DomainAsync(property, aborted) : await FileAsync(property, aborted), aborted);
        return true;
    }

    private async Task<string?> DomainAsync(UrlProperty property, CancellationToken aborted) => await names.FindAsync(property.Value, aborted) switch
    {
        null => nameof(CheckProblem.NoNameServer),
        var texts => texts.Contains(property.Proof) ? null : nameof(CheckProblem.NoRecord),
    };

    private async Task<string?> FileAsync(UrlProperty property, CancellationToken aborted)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, property.Value + property.FileName);
        return await outside.SendAsync(request, LargestFile, aborted) switch
        {
            OutsideResult.Answered { Status: StatusCodes.Status200OK } answer => Encoding.UTF8.GetString(answer.Body).Trim() == property.Proof ? null : nameof(CheckProblem.FileContent),
            OutsideResult.Answered answer => $"{nameof(CheckProblem.FileStatus)}:{answer.Status}",
            OutsideResult.Refused => nameof(CheckProblem.FileRefused),
            _ => nameof(CheckProblem.FileUnreachable),
        };
    }
}
