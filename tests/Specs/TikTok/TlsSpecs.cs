using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Holdfast.TikTok;
using Holdfast.TikTok.OAuth;

namespace Holdfast.Specs.TikTok;

/// <summary>Attack case 104 with a real TLS listener: whoever cannot prove to be the host that was configured is sent no secret, and there is no way around it.</summary>
public sealed class TlsSpecs : IDisposable
{
    private readonly Authority trusted = new("Trusted");
    private readonly Authority stranger = new("Stranger");

    [Fact, Trait("case", "104")]
    public async Task Case_104_a_certificate_in_order_is_accepted()
    {
        using var certificate = trusted.Issue("localhost", TestClock.System.GetUtcNow().AddDays(1));
        var (outcome, received) = await AskAsync(certificate);

        Assert.IsType<TokenOutcome.Refused>(outcome);
        Assert.Contains("client_secret=tell-nobody", received, StringComparison.Ordinal);
    }

    [Theory, Trait("case", "104")]
    [InlineData("expired")]
    [InlineData("other host")]
    [InlineData("other authority")]
    [InlineData("self-signed")]
    public async Task Case_104_a_certificate_that_is_not_in_order_ends_the_call_before_a_byte_of_it_is_sent(string fault)
    {
        var soon = TestClock.System.GetUtcNow().AddDays(1);
        using var certificate = fault switch
        {
            "expired" => trusted.Issue("localhost", TestClock.System.GetUtcNow().AddMinutes(-5)),
            "other host" => trusted.Issue("open.tiktokapis.com", soon),
            "other authority" => stranger.Issue("localhost", soon),
            _ => Authority.SelfSigned("localhost", soon),
        };
        var (outcome, received) = await AskAsync(certificate);

        Assert.Equal(UnknownReason.Unreachable, Assert.IsType<TokenOutcome.Unknown>(outcome).Answer.Reason);
        Assert.Equal("", received);
    }

    public void Dispose()
    {
        trusted.Dispose();
        stranger.Dispose();
    }

    // Our handler as it is, told of one more authority, since this machine has no right to install one.
    private async Task<(TokenOutcome Outcome, string Received)> AskAsync(X509Certificate2 certificate)
    {
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        var serving = ServeAsync(server, certificate);
        var handler = TikTokHttp.CreateHandler();
        Assert.Null(handler.SslOptions.RemoteCertificateValidationCallback);
        handler.SslOptions.CertificateChainPolicy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        handler.SslOptions.CertificateChainPolicy.CustomTrustStore.Add(trusted.Certificate);
        using var http = TikTokHttp.CreateClient(handler);
        var client = new TikTokClient(TikTokEndpoints.At(new($"https://localhost:{((IPEndPoint)server.LocalEndpoint).Port}")), http, TestClock.System);
        var outcome = await client.Tokens.RefreshAsync(new("key", new("tell-nobody")), new("rft.1"), TestContext.Current.CancellationToken);
        return (outcome, await serving);
    }

    private static async Task<string> ServeAsync(TcpListener server, X509Certificate2 certificate)
    {
        using var socket = await server.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
        await using var tls = new SslStream(socket.GetStream());
        try
        {
            await tls.AuthenticateAsServerAsync(certificate);
            var (received, buffer) = (new StringBuilder(), new byte[8192]);
            for (var read = 1; read > 0 && !received.ToString().Contains("rft.1", StringComparison.Ordinal);)
            {
                read = await tls.ReadAsync(buffer, TestContext.Current.CancellationToken);
                received.Append(Encoding.ASCII.GetString(buffer, 0, read));
            }
            if (received.Length > 0)
                await tls.WriteAsync("HTTP/1.1 400 Bad Request\r\nContent-Length: 25\r\nConnection: close\r\n\r\n{\"error\":\"invalid_grant\"}"u8.ToArray(), TestContext.Current.CancellationToken);
            return received.ToString();
        }
        catch (Exception broken) when (broken is AuthenticationException or IOException)
        {
            return "";
        }
    }

    private sealed class Authority : IDisposable
    {
        private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

        public Authority(string name)
        {
            var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
            request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, false, 0, critical: true));
            Certificate = request.CreateSelfSigned(TestClock.System.GetUtcNow().AddDays(-9), TestClock.System.GetUtcNow().AddDays(9));
        }

        public X509Certificate2 Certificate { get; }

        public X509Certificate2 Issue(string host, DateTimeOffset until)
        {
            using var own = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            using var bare = For(host, own).Create(Certificate, until.AddDays(-2), until, [1, 2, 3, 4]);
            return bare.CopyWithPrivateKey(own);
        }

        public static X509Certificate2 SelfSigned(string host, DateTimeOffset until)
        {
            using var own = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            return For(host, own).CreateSelfSigned(until.AddDays(-2), until);
        }

        public void Dispose()
        {
            key.Dispose();
            Certificate.Dispose();
        }

        private static CertificateRequest For(string host, ECDsa own)
        {
            var request = new CertificateRequest($"CN={host}", own, HashAlgorithmName.SHA256);
            var names = new SubjectAlternativeNameBuilder();
            names.AddDnsName(host);
            request.CertificateExtensions.Add(names.Build());
            return request;
        }
    }
}
