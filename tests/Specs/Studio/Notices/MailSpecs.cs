using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Holdfast.People.Letters;
using Holdfast.Specs.Platform.Settings;
using Holdfast.Studio.Notices;
using Microsoft.Extensions.Options;

namespace Holdfast.Specs.Studio.Notices;

/// <summary>Scenario N2 over a real wire: a mail server of ours that is down, refuses, and takes letters after STARTTLS.</summary>
public sealed class MailSpecs
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task N2_a_notice_outlives_a_mail_server_that_is_down_and_one_that_refuses_and_arrives_once()
    {
        await using var mail = new FakeMailServer();
        await mail.GoDownAsync();
        await using var studio = await SignedInStudio.StartAsync(Now, configure: mail.Configure);
        await TellAsync(studio);
        await UntilAsync(studio, "tries = 1 and next_step_at is not null and problem is not null");
        Assert.Contains("A post failed", (await studio.PageAsync("/notices")).QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("The mail server did not take it", (await studio.PageAsync("/settings/notices")).QuerySelector("#waiting")!.TextContent, StringComparison.Ordinal);

        mail.ComeBack();
        mail.Refusals.Enqueue("451 not now");
        studio.Clock.Advance(TimeSpan.FromSeconds(11));
        await mail.NextAsync();
        await UntilAsync(studio, "tries = 2 and problem = '451'");
        studio.Clock.Advance(TimeSpan.FromSeconds(21));
        var letter = await mail.NextAsync();
        await UntilAsync(studio, "sent_at is not null and next_step_at is null and sealed_body is null");

        Assert.Contains("To: maren@example.test", letter, StringComparison.Ordinal);
        Assert.Contains("/settings/notices", FakeMailServer.Text(letter), StringComparison.Ordinal);
        Assert.Null((await studio.PageAsync("/settings/notices")).QuerySelector("#waiting"));
    }

    [Fact]
    public async Task Letters_do_not_go_to_a_server_whose_certificate_nobody_trusts()
    {
        using var certificate = SelfSigned();
        await using var mail = new FakeMailServer(certificate);
        await using var studio = await SignedInStudio.StartAsync(Now, configure: mail.Configure);
        await TellAsync(studio);

        await UntilAsync(studio, "tries = 1 and next_step_at is not null and problem = 'AuthenticationException'");

        Assert.DoesNotContain("maren@example.test", mail.InTheClear.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Letters_go_out_after_STARTTLS_and_nothing_is_said_before()
    {
        using var certificate = SelfSigned();
        await using var mail = new FakeMailServer(certificate) { Account = "studio:geheim" };
        await using var studio = await SignedInStudio.StartAsync(Now, configure: builder =>
        {
            mail.Configure(builder);
            builder.Services.AddSingleton<IMailCarrier>(services => new Smtp(services.GetRequiredService<IOptions<MailOptions>>(), services.GetRequiredService<TimeProvider>())
            {
                Trusts = (_, shown, _, _) => certificate.Equals(shown),
            });
        });
        await TellAsync(studio);

        Assert.Contains("To: maren@example.test", await mail.NextAsync(), StringComparison.Ordinal);
        await UntilAsync(studio, "sent_at is not null");
        Assert.DoesNotContain("maren@example.test", mail.InTheClear.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("AUTH", mail.InTheClear.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_offers_no_STARTTLS_hears_no_letter()
    {
        await using var mail = new FakeMailServer();
        await using var studio = await SignedInStudio.StartAsync(Now, configure: builder =>
        {
            mail.Configure(builder);
            builder.Configuration["Mail:StartTls"] = "true";
        });
        await TellAsync(studio);

        await UntilAsync(studio, "tries = 1 and next_step_at is not null and problem = 'no STARTTLS'");

        Assert.DoesNotContain("MAIL", mail.InTheClear.ToString(), StringComparison.Ordinal);
    }

    private static Task TellAsync(SignedInStudio studio) => studio.Database.WriteAsync(session =>
        studio.Service<NoticeQueue>().AddAsync(session, new NewNotice(studio.Workspace.Id, Occasion.PostFailed, "specs:1") { Cause = "spam_risk" }));

    private static async Task UntilAsync(SignedInStudio studio, string state)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30), TestClock.System);
        while (await studio.Database.ReadAsync(session => session.FirstAsync<long>($"select count(*) from letter where {state}")) == 0)
            await Task.Delay(TimeSpan.FromMilliseconds(20), TestClock.System, limit.Token);
    }

    private static X509Certificate2 SelfSigned()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256);
        using var made = request.CreateSelfSigned(TestClock.System.GetUtcNow().AddDays(-1), TestClock.System.GetUtcNow().AddDays(1));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pfx), null);
    }
}
