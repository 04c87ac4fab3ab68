using Holdfast.Platform.Outside;
using Holdfast.Shell.Outside;
using Holdfast.Storage;
using Microsoft.Extensions.Options;

namespace Holdfast.Specs.Platform.Outside;

public sealed class TxtLookupSpecs
{
    [Fact]
    public async Task Every_text_of_a_name_is_found_also_behind_an_alias_and_in_pieces()
    {
        using var server = new FakeNameServer { Texts = { "v=spf1 -all", new string('x', 300) } };
        Assert.Equal(["v=spf1 -all", new string('x', 300)], await FindAsync(server));
    }

    [Fact]
    public async Task An_answer_too_long_for_a_datagram_is_asked_for_by_tcp()
    {
        using var server = new FakeNameServer { IsTruncated = true };
        server.Texts.AddRange(Enumerable.Range(0, 20).Select(i => $"{i}:{new string('y', 200)}"));
        Assert.Equal(20, (await FindAsync(server))!.Count);
    }

    [Fact]
    public async Task A_lost_datagram_is_sent_again()
    {
        using var server = new FakeNameServer { Loses = 1, Texts = { "here" } };
        Assert.Equal(["here"], await FindAsync(server));
        Assert.Equal(2, server.Asked);
    }

    [Fact]
    public async Task A_name_that_does_not_exist_has_no_text_and_a_server_that_failed_gives_no_answer()
    {
        using var server = new FakeNameServer { Code = 3 };
        Assert.Equal([], await FindAsync(server));
        server.Code = 2;
        Assert.Null(await FindAsync(server));
    }

    [Fact]
    public async Task A_guessed_id_another_question_and_rubbish_are_passed_over()
    {
        using var server = new FakeNameServer { Texts = { "true" } };
        foreach (var change in new Func<byte[], byte[]>[]
        {
            question => [(byte)(question[0] ^ 1), .. question[1..2], 0x81, 0x80, .. question[4..]],
            question => [.. question[..2], 0x81, 0x80, .. question[4..13], (byte)'z', .. question[14..]],
            question => question,
            _ => [1, 2, 3],
            question => [.. question[..2], 0x81, 0x80, 0, 1, 0, 200, 0, 0, 0, 0, .. question[12..], 0xFF],
        })
        {
            server.Before = change;
            Assert.Equal(["true"], await FindAsync(server));
        }
    }

    private static Task<IReadOnlyList<string>?> FindAsync(FakeNameServer server) =>
        new TxtLookup(Options.Create(new OutsideOptions { NameServer = server.Address }), new SystemSecrets(), TestClock.System).FindAsync("media.example.test", CancellationToken.None);
}
