using System.Globalization;
using Holdfast.Storage;

namespace Holdfast.Platform.Api;

/// <summary>The id of one answer: 34 characters, <c>yyyyMMddHHmmss</c> (UTC) and 20 upper-case hex digits of chance (§2.8).</summary>
internal sealed class LogIds(TimeProvider clock, ISecretSource secrets)
{
    /// <summary>For the answer to a call; the request log finds the call by it.</summary>
    public string For(HttpContext http)
    {
        var id = Next();
        if (http.Features.Get<CallNote>() is { } note)
            note.LogId = id;
        return id;
    }

    public string Next() =>
        clock.GetUtcNow().ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture) + Convert.ToHexString(secrets.Bytes(10));
}
