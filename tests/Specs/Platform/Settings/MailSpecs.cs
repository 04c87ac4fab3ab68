using System.Text;
using System.Text.RegularExpressions;
using Holdfast.People.Letters;
using Holdfast.Specs.Platform.Authorize;
using MimeKit;

namespace Holdfast.Specs.Platform.Settings;

public sealed partial class MailSpecs
{
    [Fact]
    public async Task With_a_mail_server_letters_are_handed_over_tried_again_and_their_text_is_never_readable_here()
    {
        await using var mail = new FakeMailServer();
        mail.Refusals.Enqueue("451 not now");
        await using var platform = await WithMailAsync(mail);
        using var browser = platform.Visitor();
        await browser.SubmitAsync(await browser.GetAsync("/signup"), "/signup", ("username", "ada"), ("email", "ada@example.test"), ("password", PlatformUnderTest.Password));

        var first = Code().Match(FakeMailServer.Text(await mail.NextAsync())).Groups[1].Value;
        Assert.Equal(404, (await browser.GetAsync("/outbox")).Status);
        Assert.DoesNotContain(first, Stored(platform), StringComparison.Ordinal);
        await UntilAsync(platform, "tries = 1 and next_step_at is not null");
        platform.Clock.Advance(TimeSpan.FromSeconds(11));
        var letter = await mail.NextAsync();
        await UntilAsync(platform, "tries = 2 and sent_at is not null and sealed_body is null and next_step_at is null");

        Assert.Contains("To: ada@example.test", letter, StringComparison.Ordinal);
        Assert.Contains("Auto-Submitted: auto-generated", letter, StringComparison.Ordinal);
        Assert.Equal(first, Code().Match(FakeMailServer.Text(letter)).Groups[1].Value);
        Assert.Equal(303, (await browser.SubmitAsync(await browser.GetAsync("/settings/security"), "/settings/security/email/code", ("code", first))).Status);
    }

    [Fact]
    public async Task A_mailbox_that_is_not_there_is_tried_once()
    {
        await using var mail = new FakeMailServer();
        mail.Answers["RCPT"] = "550 nobody of that name";
        await using var platform = await WithMailAsync(mail);

        await WriteAsync(platform);

        await UntilAsync(platform, "tries = 1 and sent_at is null and sealed_body is null and next_step_at is null and problem = '550'");
    }

    [Theory]
    [InlineData("MAIL", "550 this sender is not yours", "550")]
    [InlineData("MAIL", "553 this sender is not yours", "553")]
    [InlineData("RCPT", "451 greylisted", "451")]
    [InlineData("DATA", "554 not from you", "554")]
    [InlineData(".", "550 looks like spam", "550")]
    [InlineData("AUTH", "535 no", "user or password")]
    public async Task A_letter_outlives_what_a_server_says_of_the_sender_or_the_letter_and_arrives_when_that_is_put_right(string command, string answer, string problem)
    {
        await using var mail = new FakeMailServer { Account = "studio:geheim, und 1 Wort" };
        if (command == ".")
            mail.Refusals.Enqueue(answer);
        else
            mail.Answers[command] = answer;
        await using var platform = await WithMailAsync(mail);
        await WriteAsync(platform);
        await UntilAsync(platform, $"tries = 1 and next_step_at is not null and problem = '{problem}'");

        platform.Clock.Advance(TimeSpan.FromSeconds(11));

        Assert.Contains("To: ada@example.test", await mail.NextAsync(), StringComparison.Ordinal);
        await UntilAsync(platform, "sent_at is not null");
    }

    [Fact]
    public async Task A_subject_of_two_lines_from_an_older_version_goes_out_as_one_and_no_line_of_it_becomes_a_header()
    {
        await using var mail = new FakeMailServer();
        mail.Answers["RCPT"] = "451 greylisted";
        await using var platform = await WithMailAsync(mail);
        await WriteAsync(platform);
        await UntilAsync(platform, "tries = 1 and next_step_at is not null");
        await platform.Database.WriteAsync(session => session.RunAsync("update letter set subject = @subject", new { subject = "Grüße\r\nBcc: somebody@example.test" }));

        platform.Clock.Advance(TimeSpan.FromSeconds(11));

        var letter = await mail.NextAsync();
        Assert.DoesNotContain("\nBcc:", letter, StringComparison.Ordinal);
        using var read = MimeMessage.Load(new MemoryStream(Encoding.UTF8.GetBytes(letter)));
        Assert.Equal("Grüße Bcc: somebody@example.test", read.Subject);
        Assert.StartsWith("Zürich: ", FakeMailServer.Text(letter), StringComparison.Ordinal);
        Assert.Contains("Message-ID: <" + await platform.Database.ReadAsync(session => session.FirstAsync<string>("select id from letter")) + "@example.test>", letter, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Off_this_machine_without_a_mail_server_no_letter_is_kept_and_the_outbox_is_not_there()
    {
        await using var platform = await PlatformUnderTest.StartAsync(url: "https://platform.example.test");
        var ada = await platform.PersonAsync("ada");
        await platform.Database.WriteAsync(session => platform.Service<LetterBox>().AddAsync(session, new Letter("ada@example.test", "x", "Code: 123456", TimeSpan.FromMinutes(1))));

        Assert.Equal(Delivery.None, platform.Service<LetterBox>().Delivery);
        Assert.Equal(404, (int)(await platform.Http.GetAsync("/outbox")).StatusCode);
        Assert.Equal(0, await platform.Database.ReadAsync(session => session.FirstAsync<long>("select count(*) from letter")));
        Assert.NotEmpty(ada.Id);
    }

    [Fact]
    public async Task The_outbox_shows_what_people_typed_as_text()
    {
        await using var platform = await PlatformUnderTest.StartAsync();
        await platform.Database.WriteAsync(session => platform.Service<LetterBox>().AddAsync(session, new Letter("\"<script>\"@example.test", "<b>", "<img src=x onerror=alert(1)>", TimeSpan.FromMinutes(1))));
        using var browser = platform.Visitor();

        var page = await browser.GetAsync("/outbox");

        Assert.Contains("<img src=x", page.Text, StringComparison.Ordinal);
        Assert.Empty(page.Page.QuerySelectorAll("main img, main script, main b"));
    }

    [Theory]
    [InlineData(1, 10)]
    [InlineData(2, 20)]
    [InlineData(30, 1_800)]
    public void A_letter_waits_longer_after_every_try_and_never_comes_too_late(long tries, int seconds)
    {
        var now = DateTimeOffset.UnixEpoch;

        Assert.Equal(now.AddSeconds(seconds), LetterRule.NextTry(tries, now.AddDays(1), now));
        Assert.Null(LetterRule.NextTry(tries, now.AddSeconds(seconds), now));
    }

    [Fact]
    public void Codes_go_in_the_clear_to_this_machine_only()
    {
        Assert.NotEmpty(new MailOptions { Host = "mail.example.test", From = "a@example.test", StartTls = false }.Validate(new(new object())));
        Assert.NotEmpty(new MailOptions { Host = "mail.example.test" }.Validate(new(new object())));
        Assert.Empty(new MailOptions { Host = "mail.example.test", From = "Holdfast <a@example.test>" }.Validate(new(new object())));
        Assert.Empty(new MailOptions { Host = "127.0.0.1", From = "a@example.test", StartTls = false }.Validate(new(new object())));
    }

    private static Task<PlatformUnderTest> WithMailAsync(FakeMailServer mail) => PlatformUnderTest.StartAsync(configure: mail.Configure);

    private static Task WriteAsync(PlatformUnderTest platform) => platform.Database.WriteAsync(session => platform.Service<LetterBox>().AddAsync(
        session, new Letter("ada@example.test", "A code", "Zürich: 123456", TimeSpan.FromHours(1))));

    private static async Task UntilAsync(PlatformUnderTest platform, string state)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30), TestClock.System);
        while (await platform.Database.ReadAsync(session => session.FirstAsync<long>($"select count(*) from letter where {state}")) == 0)
            await Task.Delay(TimeSpan.FromMilliseconds(20), TestClock.System, limit.Token);
    }

    private static string Stored(PlatformUnderTest platform) => Encoding.Latin1.GetString([.. Directory.GetFiles(platform.Folder, "*.db*").SelectMany(File.ReadAllBytes)]);

    [GeneratedRegex(@"Code: (\d{6})")]
    private static partial Regex Code();
}
