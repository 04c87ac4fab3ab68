using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Holdfast.Platform.Developers.Audit;

/// <summary>Each entry's hash covers the one before, so nothing in the middle changes, comes or goes unseen (attack case 96).</summary>
internal static class AuditChain
{
    /// <summary>What the first entry stands on.</summary>
    public static readonly byte[] Start = new byte[SHA256.HashSizeInBytes];

    public static byte[] HashOf(AuditEntry entry)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(entry.PreviousHash);
        Span<byte> number = stackalloc byte[16];
        BinaryPrimitives.WriteInt64BigEndian(number, entry.Number);
        BinaryPrimitives.WriteInt64BigEndian(number[8..], entry.At.ToUnixTimeMilliseconds());
        hash.AppendData(number);
        foreach (var text in (string?[])[entry.Chain, entry.Kind, entry.ActorId, entry.SubjectId, entry.Detail])
        {
            // The length first: "ab" and "c" are not "a" and "bc". None differs from an empty one.
            var bytes = Encoding.UTF8.GetBytes(text ?? "");
            BinaryPrimitives.WriteInt64BigEndian(number, text is null ? -1 : bytes.Length);
            hash.AppendData(number[..8]);
            hash.AppendData(bytes);
        }
        return hash.GetHashAndReset();
    }

    /// <summary>The number of the first entry that is not what was written; <c>null</c> when all are. A tail that was cut off shows only to who has noted the last hash.</summary>
    /// <param name="entries">From the first on.</param>
    public static long? FirstBroken(IEnumerable<AuditEntry> entries)
    {
        var (previous, number) = (Start, 1L);
        foreach (var entry in entries)
        {
            if (entry.Number != number || !entry.PreviousHash.AsSpan().SequenceEqual(previous) || !entry.Hash.AsSpan().SequenceEqual(HashOf(entry)))
                return number;
            (previous, number) = (entry.Hash, number + 1);
        }
        return null;
    }
}
