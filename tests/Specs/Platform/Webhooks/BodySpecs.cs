using System.Text;
using Holdfast.Platform.Webhooks;
using Holdfast.Specs.Contract;

namespace Holdfast.Specs.Platform.Webhooks;

public sealed class BodySpecs
{
    private static readonly DateTimeOffset At = DateTimeOffset.FromUnixTimeSeconds(1793491200);

    [Fact]
    public void A_body_is_the_test_vector_byte_for_byte_and_so_is_its_signature()
    {
        var body = WebhookBody.Write("awtestkey1234567", new WebhookEvent("", "-000TestOpenIdTestOpenIdTestOpenId01", "authorization.removed", new { reason = 1 }), At);

        Assert.Equal("""{"client_key":"awtestkey1234567","event":"authorization.removed","create_time":1793491200,"user_openid":"-000TestOpenIdTestOpenIdTestOpenId01","content":"{\"reason\":1}"}""", body);
        Assert.Equal("t=1793491200,s=fbff8c40c00843dcc42a34be62022ef7e7fb858ec36046b2f6d080320fccac4f", WebhookSignature.Of("local-test-client-secret-0001", At, Encoding.UTF8.GetBytes(body)));
    }

    public static TheoryData<string, string, object> Events => new()
    {
        { "webhooks/authorization-removed", "authorization.removed", new { reason = 1 } },
        { "webhooks/publish-complete", "post.publish.complete", new { publish_id = "v_pub_file~v2-1.7412345678901234567", publish_type = "DIRECT_PUBLISH" } },
        { "webhooks/publish-failed", "post.publish.failed", new { publish_id = "v_pub_file~v2-1.7412345678901234567", reason = "spam_risk", publish_type = "DIRECT_PUBLISH" } },
        { "webhooks/inbox-delivered", "post.publish.inbox_delivered", new { publish_id = "v_inbox_file~v2.7412345678901234567", publish_type = "INBOX_SHARE" } },
        { "webhooks/publicly-available", "post.publish.publicly_available", new { publish_id = "v_pub_file~v2-1.7412345678901234567", publish_type = "DIRECT_PUBLISH", post_id = "7412345678901235555" } },
        { "webhooks/no-longer-publicly-available", "post.publish.no_longer_publicaly_available", new { publish_id = "v_pub_file~v2-1.7412345678901234567", publish_type = "DIRECT_PUBLISH", post_id = "7412345678901235555" } },
    };

    [Theory]
    [MemberData(nameof(Events), DisableDiscoveryEnumeration = true)]
    public async Task A_notification_is_the_request_in_the_file(string file, string name, object content)
    {
        await using var listening = await Listening.StartAsync();
        await listening.QueueAsync(name, content);
        await listening.DeliverAsync();

        var got = Assert.Single(listening.Receiver.All);
        using var sent = new HttpRequestMessage(new HttpMethod(got.Method), listening.Receiver.Http) { Content = new ByteArrayContent(got.Body) };
        foreach (var (header, value) in got.Headers)
        {
            if (!sent.Headers.TryAddWithoutValidation(header, value))
                sent.Content.Headers.TryAddWithoutValidation(header, value);
        }
        Assert.Empty(ContractFile.Load(file).Request.Differences(sent, got.Text, new() { ["callback"] = listening.Receiver.Http.OriginalString, ["client_key"] = listening.App.ClientKey, ["open_id"] = "-000OpenId" }));
    }
}
