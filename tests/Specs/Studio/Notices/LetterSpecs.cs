using Holdfast.People.Letters;
using Holdfast.Specs.Storage;
using Holdfast.Storage;
using Holdfast.Studio.Notices;

namespace Holdfast.Specs.Studio.Notices;

/// <summary>What people wrote stands in letters, and one letter that cannot go keeps no other waiting.</summary>
public sealed class LetterSpecs
{
    public static TheoryData<Engine> Engines => DatabaseUnderTest.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task A_caption_of_several_lines_is_one_line_in_a_letters_subject(Engine engine)
    {
        await using var studio = await NoticesUnderTest.StartAsync(engine);

        await FailAsync(studio, "New pots\r\nBcc: somebody@example.test\nand bowls");
        await studio.WorkAsync();

        Assert.Equal("Holdfast: A post failed: New pots Bcc: somebody@example.test and bowls", Assert.Single(studio.Mail.Taken).Subject);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_long_caption_is_never_cut_in_the_middle_of_a_character(Engine engine)
    {
        await using var studio = await NoticesUnderTest.StartAsync(engine);

        await FailAsync(studio, new string('a', 79) + "\U0001F3FA and more"); // an amphora, of two UTF-16 units
        await studio.WorkAsync();

        Assert.Equal($"Holdfast: A post failed: {new string('a', 79)}…", Assert.Single(studio.Mail.Taken).Subject);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task What_is_still_being_learned_is_written_of_a_little_later(Engine engine)
    {
        await using var studio = await NoticesUnderTest.StartAsync(engine);
        await AddAsync(studio, new NewNotice(studio.Workspace, Occasion.LinkUsed, "1") { Facts = ["Maren"], WaitsFor = TimeSpan.FromMinutes(1) });

        await studio.WorkForAsync(TimeSpan.FromSeconds(50), TimeSpan.FromSeconds(10));
        Assert.Empty(studio.Mail.Taken);
        await studio.WorkForAsync(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(10));

        Assert.Contains("the link that Maren had made", Assert.Single(studio.Mail.Taken).Body, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_letter_that_cannot_be_written_steps_aside_and_is_written_once_it_can_be(Engine engine)
    {
        await using var studio = await NoticesUnderTest.StartAsync(engine);
        await AddAsync(studio, new NewNotice(studio.Workspace, Occasion.LinkUsed, "1") { Facts = ["Maren"] });
        await studio.Studio.Get<TellDue>().RunDueAsync(CancellationToken.None);
        await SetFactsAsync(studio, "no facts");
        studio.Clock.Advance(TimeSpan.FromSeconds(1));
        await AddAsync(studio, new NewNotice(studio.Workspace, Occasion.PostFailed, "2") { Cause = "spam_risk" });

        await studio.WorkAsync();
        Assert.Contains("A post failed", Assert.Single(studio.Mail.Taken).Subject, StringComparison.Ordinal);
        Assert.Equal((1, "JsonException"), await studio.Database.ReadAsync(session => session.FirstAsync<(long, string)>("select tries, problem from notice_delivery where done_at is null")));
        await SetFactsAsync(studio, """["Maren"]""");
        await studio.WorkForAsync(TimeSpan.FromMinutes(6), TimeSpan.FromMinutes(1));

        Assert.Equal(2, studio.Mail.Taken.Count);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_notice_that_cannot_be_told_steps_aside_and_is_told_once_it_can_be(Engine engine)
    {
        await using var studio = await NoticesUnderTest.StartAsync(engine);
        await AddAsync(studio, new NewNotice(studio.Workspace, Occasion.LinkUsed, "1") { Facts = ["Maren"] });
        await studio.Database.WriteAsync(session => session.RunAsync("update notice set kind = 'OfANewerVersion'"));
        studio.Clock.Advance(TimeSpan.FromSeconds(1));
        await AddAsync(studio, new NewNotice(studio.Workspace, Occasion.PostFailed, "2") { Cause = "spam_risk" });

        await studio.WorkAsync();
        Assert.Contains("A post failed", Assert.Single(studio.Mail.Taken).Subject, StringComparison.Ordinal);
        await studio.Database.WriteAsync(session => session.RunAsync("update notice set kind = 'LinkUsed' where kind = 'OfANewerVersion'"));
        await studio.WorkForAsync(TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(1));

        Assert.Equal(2, studio.Mail.Taken.Count);
    }

    [Theory]
    [InlineData(1, 5)]
    [InlineData(3, 15)]
    [InlineData(100, 60)]
    public void What_cannot_be_written_is_tried_ever_more_slowly_while_it_is_of_use(long tries, int minutes)
    {
        var now = DateTimeOffset.UnixEpoch;
        Assert.Equal(now.AddMinutes(minutes), NoticeRule.WrittenAgainAt(tries, now, now));
        Assert.Null(NoticeRule.WrittenAgainAt(tries, now - NoticeRule.LetterIsGoodFor, now));
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Letters_that_cannot_be_handed_over_are_counted_and_keep_no_code_waiting(Engine engine)
    {
        await using var studio = await NoticesUnderTest.StartAsync(engine);
        studio.Mail.Answer = to => to == NoticesUnderTest.Owner ? throw new FormatException("no address") : null;
        await AddAsync(studio, new NewNotice(studio.Workspace, Occasion.PostFailed, "1") { Cause = "spam_risk" });
        await studio.WorkAsync();
        await studio.Database.WriteAsync(session => studio.Studio.Get<LetterBox>().AddAsync(session, new Letter(NoticesUnderTest.Jonas, "Your code", "Code: 123456", TimeSpan.FromMinutes(10))));

        await studio.WorkAsync();

        Assert.Equal("Your code", Assert.Single(studio.Mail.Taken).Subject);
        Assert.Equal((1, "FormatException"), await studio.Database.ReadAsync(session => session.FirstAsync<(long, string)>("select tries, problem from letter where recipient = 'owner@example.test'")));
    }

    private static Task FailAsync(NoticesUnderTest studio, string caption) => studio.Database.WriteAsync(async session =>
    {
        var id = studio.Studio.Get<Ulids>().Next();
        await session.RunAsync("""
            insert into post (id, workspace_id, form_key, caption, privacy, allow_comment, allow_duet, allow_stitch, is_commercial, is_own_brand, is_branded_content, zone, state,
              bytes_sent, address_gone, inits, looks, failures, version, lease_until, fence, created_by, created_at, updated_at)
            values (@id, @Workspace, @id, @caption, 'SELF_ONLY', false, false, false, false, false, false, 'UTC', 'Failed', 0, false, 0, 0, 0, 1, 0, 0, '', 0, 0)
            """, new { id, studio.Workspace, caption });
        await studio.Studio.Get<NoticeQueue>().AddAsync(session, new NewNotice(studio.Workspace, Occasion.PostFailed, id) { Cause = "spam_risk", PostId = id });
    });

    private static Task AddAsync(NoticesUnderTest studio, NewNotice notice) => studio.Database.WriteAsync(session => studio.Studio.Get<NoticeQueue>().AddAsync(session, notice));

    private static Task SetFactsAsync(NoticesUnderTest studio, string facts) => studio.Database.WriteAsync(session => session.RunAsync("update notice set facts = @facts where kind = 'LinkUsed'", new { facts }));
}
