using System.Globalization;
using System.Net;
using System.Text;
using System.Web;

namespace Holdfast.Benchmarks.Studio.Renewals;

/// <summary>A token endpoint that answers at once, so that what is measured is Studio alone.</summary>
internal sealed class AnsweringTikTok : HttpMessageHandler
{
    private long calls;

    public long Calls => Interlocked.Read(ref calls);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var number = Interlocked.Increment(ref calls);
        var form = HttpUtility.ParseQueryString(await request.Content!.ReadAsStringAsync(cancellationToken)); // a token call has a form
        // The token names its account.
        var account = form["refresh_token"]!.Split('.')[1];
        var body = string.Create(CultureInfo.InvariantCulture, $$"""
            {"access_token":"act.{{number:x32}}{{number:x32}}","expires_in":7200,"open_id":"{{account}}","refresh_expires_in":15552000,"refresh_token":"rft.{{account}}.{{number:x32}}","scope":"user.info.basic,video.publish","token_type":"Bearer"}
            """);
        return new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
    }
}
