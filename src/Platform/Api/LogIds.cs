using System.Globalization;
using Holdfast.Storage;

namespace Holdfast.Platform.Api;

/// <summary>The id of one answer: 34 characters, <c>yyyyMMddHHmmss</c> (UTC) and 20 upper-case hex digits of chance (§2.8).</summary>
internal sealed class LogIds(TimeProvider clock, ISecretSource secrets)
{
    public string Next() =>
        clock.GetUtcNow().ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture) + Convert.ToHexString(secrets.Bytes(10));
}
