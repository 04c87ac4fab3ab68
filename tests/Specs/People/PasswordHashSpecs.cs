using System.Buffers.Binary;
using Holdfast.People;
using Holdfast.People.Passwords;

namespace Holdfast.Specs.People;

public sealed class PasswordHashSpecs
{
    [Fact]
    public void The_apps_hash_with_the_real_number_of_rounds_of_sha_512()
    {
        using var services = new ServiceCollection().AddPeople("/login").BuildServiceProvider();

        var stored = Convert.FromBase64String(services.GetRequiredService<PasswordHashes>().Hash("correct horse"));

        // Identity's version 3: a marker, the function (2 is HMAC-SHA-512), the rounds.
        Assert.Equal((1, 2u, 100_000u), (stored[0], BinaryPrimitives.ReadUInt32BigEndian(stored.AsSpan(1)), BinaryPrimitives.ReadUInt32BigEndian(stored.AsSpan(5))));
    }
}
