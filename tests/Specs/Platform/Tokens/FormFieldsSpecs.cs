using System.Text;
using Holdfast.Platform.Tokens;

namespace Holdfast.Specs.Platform.Tokens;

public sealed class FormFieldsSpecs
{
    [Theory]
    [InlineData("a=1&b=2", "a", "1")]
    [InlineData("a=1&b=2", "b", "2")]
    [InlineData("a=1&b=2", "c", null)]
    [InlineData("a", "a", "")]
    [InlineData("a=", "a", "")]
    [InlineData("=x", "", "x")]
    [InlineData("&&a=1&", "a", "1")]
    [InlineData("a=b=c", "a", "b=c")]
    [InlineData("a=x+y", "a", "x y")]
    [InlineData("a=x%20y%2B", "a", "x y+")]
    [InlineData("a=%2A0%216123.u1", "a", "*0!6123.u1")]
    [InlineData("a=%252A", "a", "%2A")]
    [InlineData("%61=1", "a", "1")]
    [InlineData("a=%C3%A9", "a", "é")]
    [InlineData("a=é", "a", "é")]
    [InlineData("", "a", null)]
    public void Fields_are_decoded_exactly_once(string text, string name, string? value) => Assert.Equal(value, Read(text)![name]);

    [Theory]
    [InlineData("a=1&a=1")]
    [InlineData("a=1&%61=2")]
    [InlineData("a&a=1")]
    [InlineData("a=%")]
    [InlineData("a=%2")]
    [InlineData("a=%zz")]
    [InlineData("a=%+1")]
    [InlineData("%=1")]
    [InlineData("a=%C3")]
    [InlineData("a=%C0%AF")]
    [InlineData("a=%ED%A0%80")]
    public void What_is_said_twice_or_is_no_text_is_unreadable(string text) => Assert.Null(Read(text));

    [Theory]
    [InlineData(510)]
    [InlineData(511)]
    [InlineData(512)]
    [InlineData(5_000)]
    public void A_long_text_is_decoded_like_a_short_one(int length) => Assert.Equal(" " + new string('x', length), Read("a=+" + new string('x', length))!["a"]);

    [Fact]
    public void A_hundred_fields_are_read_and_one_more_is_not()
    {
        Assert.NotNull(Read(string.Join('&', Enumerable.Range(0, 100).Select(at => $"f{at}=x"))));
        Assert.Null(Read(string.Join('&', Enumerable.Range(0, 101).Select(at => $"f{at}=x"))));
    }

    [Fact]
    public void A_field_is_there_also_when_it_is_empty()
    {
        var fields = Read("a=&b=1")!;

        Assert.True(fields.Has("a"));
        Assert.True(fields.Has("b"));
        Assert.False(fields.Has("c"));
    }

    private static FormFields? Read(string text) => FormFields.Read(Encoding.UTF8.GetBytes(text));
}
