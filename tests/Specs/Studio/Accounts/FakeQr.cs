using System.Text.Json;
using System.Web;

namespace Holdfast.Specs.Studio.Accounts;

/// <summary>TikTok's side of the QR codes (tiktok-v2 §1.9), one at a time, and the phone that answers.</summary>
internal sealed class FakeQr
{
    /// <summary>TikTok's word for where the latest code stands.</summary>
    public string Status { get; set; } = "new";

    /// <summary>The ticket of the scan; the one in the drawn link unless somebody mixes them up.</summary>
    public string Ticket { get; set; } = "";

    /// <summary>The code that the phone's yes is worth.</summary>
    public string Code { get; set; } = "";

    public int Made { get; private set; }

    /// <summary>Somebody's camera reads what is drawn.</summary>
    public void Scan(string link)
    {
        Ticket = HttpUtility.ParseQueryString(new Uri(link).Query)["client_ticket"]!;
        Status = "scanned";
    }

    public void Confirm(string code) => (Status, Code) = ("confirmed", code);

    public HttpResponseMessage Make(Dictionary<string, string> form)
    {
        (Status, Ticket) = ("new", "");
        return Say(new { scan_qrcode_url = $"http://localhost:1/qr?authType=100&client_key={form["client_key"]}&client_ticket=tobefilled&scope=x&q=some-id.ABC{++Made:000}", token = $"poll-{Made}" });
    }

    public HttpResponseMessage Check(Dictionary<string, string> form)
    {
        if (form["token"] != $"poll-{Made}")
            return FakeTikTok.OAuthError("invalid_request");
        if (Status != "confirmed")
            return Say(new { client_ticket = Status is "new" or "expired" ? "" : Ticket, status = Status });
        Status = "utilised";
        return Say(new { client_ticket = Ticket, status = "confirmed", redirect_uri = $"http://localhost:7400/registered/first/?code={HttpUtility.UrlEncode(Code)}" });
    }

    private static HttpResponseMessage Say(object answer) => FakeTikTok.Json(200, JsonSerializer.Serialize(answer));
}
