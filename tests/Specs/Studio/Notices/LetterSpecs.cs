using Holdfast.People.Letters;
using Holdfast.Specs.Storage;
using Holdfast.Storage;
using Holdfast.Studio.Notices;
using Holdfast.Studio.Posts;

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
}
