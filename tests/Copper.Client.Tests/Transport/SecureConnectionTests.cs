using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Copper.Client.Tests.Transport;

/// <summary>The credential goes out only when the connection is encrypted well and the other end has shown who it is.</summary>
public sealed class SecureConnectionTests : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly X509Certificate2 _certificate = SelfSigned();

    public SecureConnectionTests() => _listener.Start();

    public void Dispose()
    {
        _listener.Dispose();
        _certificate.Dispose();
    }

    [Fact]
    public void Only_tls_1_2_and_1_3_are_offered()
    {
        using var handler =
            Assert.IsType<SocketsHttpHandler>(TransportFactory.Create(CopperClientOptions.DefaultBaseUri, TimeSpan.FromSeconds(100), null));
        Assert.Equal(SslProtocols.Tls12 | SslProtocols.Tls13, handler.SslOptions.EnabledSslProtocols);
        Assert.Null(handler.SslOptions.RemoteCertificateValidationCallback);
        Assert.False(handler.AllowAutoRedirect);
    }

    [Fact]
    public async Task A_certificate_that_nobody_vouches_for_is_rejected_before_anything_is_sent()
    {
        var port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        using var client = new CopperClient(new CopperClientOptions
        {
            Identity = CopperIdentity.FromApiKey("ann@example.com", "a-key-that-stays-here"),
            BaseUri = new Uri($"https://localhost:{port}/v1"),
            MaxRetries = 3,
        });
        var received = ReceiveAsync();

        // Neither repeated nor unknown: a create, too, was surely not taken.
        var failure = await Assert.ThrowsAsync<CopperConnectionException>(() => client.People.CreateAsync(new JsonBody { ["name"] = "x" }));

        Assert.Contains("certificate", failure.Message, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(1, failure.Attempts);
        Assert.Equal(0, await received);
    }

    /// <summary>Takes one connection; the bytes that came once it was encrypted.</summary>
    private async Task<int> ReceiveAsync()
    {
        using var connection = await _listener.AcceptTcpClientAsync();
        using var stream = new SslStream(connection.GetStream());
        try
        {
            await stream.AuthenticateAsServerAsync(_certificate);
            return await stream.ReadAsync(new byte[1000]);
        }
        catch (Exception exception) when (exception is AuthenticationException or IOException)
        {
            return 0;
        }
    }

    private static X509Certificate2 SelfSigned()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }
}
