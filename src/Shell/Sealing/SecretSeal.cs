using System.Security.Cryptography;
using System.Text;
using Holdfast.Storage;

namespace Holdfast.Shell.Sealing;

/// <summary>Seals secrets for one place in the database and opens them there only: AES-256-GCM, <c>key name | nonce | ciphertext | tag</c>.</summary>
public sealed class SecretSeal(MasterKeys keys, ISecretSource secrets)
{
    private const int NonceBytes = 12;
    private const int TagBytes = 16;
    private const int Overhead = MasterKeys.NameBytes + NonceBytes + TagBytes;

    /// <summary>Seals with the newest key.</summary>
    public byte[] Close(string secret, SealedPlace place)
    {
        var key = keys.Newest;
        var plain = Encoding.UTF8.GetBytes(secret);
        var closed = new byte[Overhead + plain.Length];
        var nonce = secrets.Bytes(NonceBytes);
        key.Name.CopyTo(closed, 0);
        nonce.CopyTo(closed, MasterKeys.NameBytes);
        using var cipher = new AesGcm(key.Bytes, TagBytes);
        cipher.Encrypt(nonce, plain, closed.AsSpan(MasterKeys.NameBytes + NonceBytes, plain.Length), closed.AsSpan(^TagBytes..), place.Bytes);
        CryptographicOperations.ZeroMemory(plain);
        return closed;
    }

    /// <exception cref="SealedSecretException">The key is missing, or the bytes were changed or moved from another place.</exception>
    public string Open(byte[] closed, SealedPlace place)
    {
        if (closed.Length < Overhead)
            throw new SealedSecretException(SealProblem.Damaged, place);
        var key = keys.Find(closed.AsSpan(0, MasterKeys.NameBytes)) ?? throw new SealedSecretException(SealProblem.KeyMissing, place);
        var plain = new byte[closed.Length - Overhead];
        try
        {
            using var cipher = new AesGcm(key.Bytes, TagBytes);
            cipher.Decrypt(closed.AsSpan(MasterKeys.NameBytes, NonceBytes), closed.AsSpan(MasterKeys.NameBytes + NonceBytes, plain.Length), closed.AsSpan(^TagBytes..), plain, place.Bytes);
            return Encoding.UTF8.GetString(plain);
        }
        catch (AuthenticationTagMismatchException)
        {
            throw new SealedSecretException(SealProblem.Damaged, place);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plain);
        }
    }
}

/// <summary>Where a sealed secret lives. It is part of the seal, so ciphertext copied to another row does not open.</summary>
public readonly record struct SealedPlace(string Table, string Column, string RowId)
{
    public byte[] Bytes => Encoding.UTF8.GetBytes($"{Table}|{Column}|{RowId}");
}

public enum SealProblem { KeyMissing, Damaged }

/// <summary>A problem of this installation, never of an account: nothing is deleted for it.</summary>
public sealed class SealedSecretException(SealProblem problem, SealedPlace place) : Exception(problem is SealProblem.KeyMissing
    ? $"The key that sealed {place.Table}.{place.Column} is not among HOLDFAST_KEYS or in the key file. Put it back; nothing was deleted."
    : $"{place.Table}.{place.Column} of {place.RowId} does not open: it was changed outside Holdfast or restored from elsewhere.")
{
    public SealProblem Problem => problem;

    /// <summary>The incident's cause.</summary>
    public string Cause => problem is SealProblem.KeyMissing ? "key-missing" : "secret-damaged";
}
