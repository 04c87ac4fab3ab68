using System.Text;
using Holdfast.People.SecondFactor;

namespace Holdfast.Specs.People;

public sealed class TotpSpecs
{
    // RFC 6238, appendix B: this seed, SHA-1, the last six of its eight digits.
    private static readonly byte[] Seed = Encoding.ASCII.GetBytes("12345678901234567890");

    [Theory]
    [InlineData(59, "287082")]
    [InlineData(1111111109, "081804")]
    [InlineData(1111111111, "050471")]
    [InlineData(1234567890, "005924")]
    [InlineData(2000000000, "279037")]
    [InlineData(20000000000, "353130")]
    public void The_codes_are_those_of_rfc_6238(long seconds, string code) =>
        Assert.Equal(code, Totp.CodeAt(Seed, Totp.StepAt(DateTimeOffset.FromUnixTimeSeconds(seconds))));

    [Theory]
    [InlineData(-2, false)]
    [InlineData(-1, true)]
    [InlineData(0, true)]
    [InlineData(1, true)]
    [InlineData(2, false)]
    public void A_clock_may_be_one_step_off(int steps, bool accepted)
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(1_793_491_215);

        Assert.Equal(accepted, Totp.Match(Seed, Totp.CodeAt(Seed, Totp.StepAt(now) + steps), now, lastStep: 0) is not null);
    }

    [Fact]
    public void A_step_and_those_before_it_are_spent_once_it_was_accepted()
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(1_793_491_215);
        var step = Totp.StepAt(now);

        Assert.Null(Totp.Match(Seed, Totp.CodeAt(Seed, step), now, step));
        Assert.Null(Totp.Match(Seed, Totp.CodeAt(Seed, step - 1), now, step));
        Assert.Equal(step + 1, Totp.Match(Seed, Totp.CodeAt(Seed, step + 1), now, step));
    }

    [Theory]
    [InlineData("123 456", "123456")]
    [InlineData("12345", null)]
    [InlineData("1234567", null)]
    [InlineData("١٢٣٤٥٦", null)]
    public void Six_digits_are_a_code_and_nothing_else_is(string typed, string? read) => Assert.Equal(read, Totp.Read(typed));

    [Theory]
    [InlineData("", "")]
    [InlineData("f", "MY")]
    [InlineData("fo", "MZXQ")]
    [InlineData("foo", "MZXW6")]
    [InlineData("foob", "MZXW6YQ")]
    [InlineData("fooba", "MZXW6YTB")]
    [InlineData("foobar", "MZXW6YTBOI")]
    public void Base32_is_that_of_rfc_4648(string plain, string encoded)
    {
        Assert.Equal(encoded, Base32.Encode(Encoding.ASCII.GetBytes(plain)));
        Assert.Equal(plain, Encoding.ASCII.GetString(Base32.Decode(encoded)));
    }

    [Fact]
    public void A_key_and_new_recovery_codes_do_not_print_themselves()
    {
        Assert.DoesNotContain("JBSW", $"{new TotpKey("JBSWY3DPEHPK3PXP")}", StringComparison.Ordinal);
        Assert.DoesNotContain("k3f9", $"{new FactorAdded.Added(["k3f9-x7mq-2vha-9dwe"])}", StringComparison.Ordinal);
        Assert.Equal("JBSW Y3DP EHPK 3PXP", new TotpKey("JBSWY3DPEHPK3PXP").Grouped);
        Assert.Equal("otpauth://totp/Here%3A1:ada?secret=JBSWY3DPEHPK3PXP&issuer=Here%3A1&algorithm=SHA1&digits=6&period=30", new TotpKey("JBSWY3DPEHPK3PXP").Address("Here:1", "ada"));
    }

    [Theory]
    [InlineData("K3F9-X7MQ-2VHA-9DWE", "k3f9x7mq2vha9dwe")]
    [InlineData(" k3f9 x7mq 2vha 9dwe ", "k3f9x7mq2vha9dwe")]
    [InlineData("O000-I1L1-2vha-9dwe", "000011112vha9dwe")]
    [InlineData("k3f9-x7mq-2vha-9dw", null)]
    [InlineData("u3f9-x7mq-2vha-9dwe", null)]
    public void A_recovery_code_is_read_as_people_copy_it(string typed, string? read) => Assert.Equal(read, RecoveryCode.Read(typed));

    [Fact]
    public void Guessing_a_code_leaves_144_tries_a_day()
    {
        Assert.Equal(TimeSpan.Zero, CodeThrottle.WaitAfter(5));
        Assert.Equal(TimeSpan.FromSeconds(2), CodeThrottle.WaitAfter(6));
        Assert.Equal(TimeSpan.FromMinutes(10), CodeThrottle.WaitAfter(1_000_000));
    }
}
