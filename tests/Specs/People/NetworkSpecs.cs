using Holdfast.People.Sessions;

namespace Holdfast.Specs.People;

/// <summary>What counts as one network.</summary>
public sealed class NetworkSpecs
{
    [Theory]
    [InlineData("203.0.113.5", "203.0.113.5", true)]
    [InlineData("203.0.113.5", "::ffff:203.0.113.5", true)]
    [InlineData("203.0.113.5", "203.0.113.6", false)]
    [InlineData("127.0.0.1", "::1", true)]
    [InlineData("::ffff:127.0.0.1", "127.0.0.2", true)]
    [InlineData("2001:db8:1:2::5", "2001:db8:1:2:a:b:c:d", true)]
    [InlineData("2001:db8:1:2::5", "2001:db8:1:3::5", false)]
    [InlineData("127.0.0.1", "203.0.113.5", false)]
    public void Two_addresses_are_of_one_network_or_not(string one, string other, bool isSame) => Assert.Equal(isSame, Network.IsSame(one, other));
}
