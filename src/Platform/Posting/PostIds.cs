using System.Buffers.Binary;
using System.Buffers.Text;
using System.Globalization;
using Holdfast.Storage;

namespace Holdfast.Platform.Posting;

/// <summary>Ids as TikTok's look: 19 digits, the second above 32 random bits, so they sort by time and fit an Int64.</summary>
internal sealed class PostIds(TimeProvider clock, ISecretSource chance)
{
    public string Next() =>
        ((clock.GetUtcNow().ToUnixTimeSeconds() << 32) | BinaryPrimitives.ReadUInt32BigEndian(chance.Bytes(4))).ToString(CultureInfo.InvariantCulture);

    /// <summary><c>publish_id</c>, whose beginning tells what it is of (§5.3).</summary>
    public string NextPublishId(string kind, string way, string goal) => (kind, way, goal) switch
    {
        (PostKind.Photos, _, _) => "p_pub_url~v2.",
        (_, PostWay.File, PostGoal.Profile) => "v_pub_file~v2-1.",
        (_, PostWay.File, _) => "v_inbox_file~v2.",
        (_, _, PostGoal.Profile) => "v_pub_url~v2.",
        _ => "v_inbox_url~v2.",
    } + Next();

    /// <summary>What opens an <c>upload_url</c>; only its digest is stored.</summary>
    public string NextUploadToken() => Base64Url.EncodeToString(chance.Bytes(32));
}
