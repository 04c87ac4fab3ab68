using System.Text;
using Holdfast.TikTok.Webhooks;

namespace Holdfast.Specs.TikTok;

/// <summary>Notifications: believed when signed, recent and unchanged (tiktok-v2 §6, §11).</summary>
public sealed class WebhookSpecs
{
    private const string Body = """{"client_key":"awtestkey1234567","event":"authorization.removed","create_time":1793491200,"user_openid":"-000TestOpenIdTestOpenIdTestOpenId01","content":"{\"reason\":1}"}""";
    private const string Signature = "fbff8c40c00843dcc42a34be62022ef7e7fb858ec36046b2f6d080320fccac4f";
    private const string Header = "t=1793491200,s=" + Signature;
    private static readonly DateTimeOffset SignedAt = DateTimeOffset.FromUnixTimeSeconds(1793491200);

    [Theory]
    [InlineData(Header, SignatureVerdict.Valid)]
    [InlineData("s=" + Signature + ", t=1793491200", SignatureVerdict.Valid)]
    [InlineData("t=1793491200,s=" + Signature + ",v=2", SignatureVerdict.Valid)]
    [InlineData(null, SignatureVerdict.Unreadable)]
    [InlineData("", SignatureVerdict.Unreadable)]
    [InlineData("t=1793491200", SignatureVerdict.Unreadable)]
    [InlineData("t=1793491200,s=fbff", SignatureVerdict.Unreadable)]
    [InlineData("t=-1,s=" + Signature, SignatureVerdict.Unreadable)]
    [InlineData("t=1793491200,t=1793491200,s=" + Signature, SignatureVerdict.Unreadable)]
    [InlineData(Header + ",s=" + Signature, SignatureVerdict.Unreadable)]
    [InlineData("t=1793491201,s=" + Signature, SignatureVerdict.Mismatch)]
    public void A_header_is_judged(string? header, SignatureVerdict expected) => Assert.Equal(expected, Verify(header, Body, SignedAt));

    [Theory]
    [InlineData(300, SignatureVerdict.Valid)]
    [InlineData(301, SignatureVerdict.Stale)]
    [InlineData(-300, SignatureVerdict.Valid)]
    [InlineData(-301, SignatureVerdict.Stale)]
    public void A_signature_is_good_for_five_minutes(int seconds, SignatureVerdict expected) => Assert.Equal(expected, Verify(Header, Body, SignedAt.AddSeconds(seconds)));

    [Theory]
    [InlineData(345_600, SignatureVerdict.Valid)]
    [InlineData(345_601, SignatureVerdict.Stale)]
    [InlineData(-3600, SignatureVerdict.Valid)]
    [InlineData(-3601, SignatureVerdict.Stale)]
    public void Before_and_after_may_be_told_apart(int seconds, SignatureVerdict expected) =>
        Assert.Equal(expected, WebhookSignature.Verify(Header, Encoding.UTF8.GetBytes(Body), new("local-test-client-secret-0001"), SignedAt.AddSeconds(seconds), TimeSpan.FromDays(4), TimeSpan.FromHours(1)));

    [Fact]
    public void A_changed_body_or_another_secret_does_not_match()
    {
        Assert.Equal(SignatureVerdict.Mismatch, Verify(Header, Body + " ", SignedAt));
        Assert.Equal(SignatureVerdict.Mismatch, WebhookSignature.Verify(Header, Encoding.UTF8.GetBytes(Body), new("another"), SignedAt));
    }

    [Fact]
    public void A_removal_says_whose_and_why()
    {
        var told = WebhookEvent.Parse(Encoding.UTF8.GetBytes(Body));
        Assert.NotNull(told);
        Assert.Equal(("awtestkey1234567", "-000TestOpenIdTestOpenIdTestOpenId01", SignedAt), (told.ClientKey, told.OpenId, told.CreatedAt));
        Assert.Equal(new WebhookContent.AuthorizationRemoved(RemovalReason.UserDisconnected), told.Content);
    }

    [Fact]
    public void The_same_event_has_the_same_key_and_another_has_another()
    {
        var one = WebhookEvent.Parse(Encoding.UTF8.GetBytes(Body));
        var again = WebhookEvent.Parse(Encoding.UTF8.GetBytes(Body));
        var other = WebhookEvent.Parse(Encoding.UTF8.GetBytes(Body.Replace(":1}", ":2}", StringComparison.Ordinal)));
        Assert.Equal(one?.DeduplicationKey, again?.DeduplicationKey);
        Assert.NotEqual(one?.DeduplicationKey, other?.DeduplicationKey);
    }

    public static TheoryData<string, string, WebhookContent> Contents => new()
    {
        { "authorization.removed", """{"reason":5}""", new WebhookContent.AuthorizationRemoved(RemovalReason.DeveloperRevoked) },
        { "authorization.removed", """{"reason":99}""", new WebhookContent.AuthorizationRemoved(RemovalReason.Unknown) },
        { "post.publish.failed", """{"publish_id":"p","reason":"spam_risk"}""", new WebhookContent.PostFailed("p", "spam_risk") },
        { "post.publish.complete", """{"publish_id":"p"}""", new WebhookContent.PostCompleted("p") },
        { "post.publish.inbox_delivered", """{"publish_id":"p"}""", new WebhookContent.InboxDelivered("p") },
        { "post.publish.publicly_available", """{"publish_id":"p","post_id":"7412345678901235555"}""", new WebhookContent.PubliclyAvailable("p", 7412345678901235555) },
        { "post.publish.no_longer_publicaly_available", """{"publish_id":"p","post_id":7412345678901235555}""", new WebhookContent.NoLongerPubliclyAvailable("p", 7412345678901235555) },
        { "post.publish.complete", "{}", new WebhookContent.Other() },
        { "post.publish.complete", "no json", new WebhookContent.Other() },
        { "something.new", """{"publish_id":"p"}""", new WebhookContent.Other() },
    };

    [Theory]
    [MemberData(nameof(Contents), DisableDiscoveryEnumeration = true)]
    public void Content_is_json_in_a_string(string name, string content, WebhookContent expected) => Assert.Equal(expected, WebhookContent.Read(name, content));

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("""{"client_key":"k","event":"e"}""")]
    [InlineData("""{"client_key":"k","event":"e","create_time":-1}""")]
    public void What_is_no_notification_is_not_taken_for_one(string body) => Assert.Null(WebhookEvent.Parse(Encoding.UTF8.GetBytes(body)));

    private static SignatureVerdict Verify(string? header, string body, DateTimeOffset now) =>
        WebhookSignature.Verify(header, Encoding.UTF8.GetBytes(body), new("local-test-client-secret-0001"), now);
}
