using Holdfast.Shell.Language;
using Holdfast.Shell.Pages;

namespace Holdfast.Specs.Shell;

/// <summary>What people copy for support.</summary>
public sealed class ReportSpecs
{
    private static readonly Texts English = new(new TextTable(typeof(SupportReport).Assembly), new HttpContextAccessor());

    [Fact]
    public void It_says_when_what_and_with_which_references()
    {
        var text = new SupportReport(DateTimeOffset.Parse("2026-11-26T10:15:30+01:00"), "TikTok refused to renew.", "invalid_grant", "202611260915", "ab12").Text(English, "Holdfast Studio");

        Assert.Equal($"""
            Holdfast Studio {SupportReport.Version}
            Time (UTC): 2026-11-26 09:15:30
            What happened: TikTok refused to renew.
            TikTok's code: invalid_grant
            log_id: 202611260915
            Reference: ab12
            """, text);
        Assert.Matches(@"^\d+\.\d+\.\d+$", SupportReport.Version);
    }

    [Theory]
    [InlineData("reached_active_user_cap", "TikTok's code")]
    [InlineData("40105", "TikTok's code")]
    [InlineData("-1", "TikTok's code")]
    [InlineData("Gateway.E-17", "TikTok's code")]
    [InlineData("No full answer within 75 s.", "Holdfast's word")]
    [InlineData("tiktok-unavailable", "Holdfast's word")]
    [InlineData("AccessRemoved", "Holdfast's word")]
    [InlineData("removed:Unspecified", "Holdfast's word")]
    [InlineData("interrupted", "Holdfast's word")]
    public void It_says_whose_word_a_code_is(string code, string whose) =>
        Assert.Contains($"{whose}: {code}", new SupportReport(DateTimeOffset.UnixEpoch, "It failed.", code).Text(English, "Holdfast"), StringComparison.Ordinal);

    [Theory, Trait("scenario", "N5")]
    [InlineData("The token act.4f2*!ab-9 did not work", "act.4f2")]
    [InlineData("refresh_token=rft.77Kq was refused", "77Kq")]
    [InlineData("https://x.example/?code=abcDEF123&state=xyz", "abcDEF123")]
    [InlineData("https://x.example/?code=abcDEF123&state=xyz", "xyz")]
    [InlineData("key hf_live_12345", "hf_live")]
    [InlineData("client_secret=s3cr3t", "s3cr3t")]
    public void Foreign_words_that_repeat_a_secret_lose_it(string words, string secret) =>
        Assert.DoesNotContain(secret, new SupportReport(DateTimeOffset.UnixEpoch, words, words, words).Text(English, "Holdfast"), StringComparison.Ordinal);
}
