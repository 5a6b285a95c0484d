using System.Text;
using Copper.Client.Tests.Support;

namespace Copper.Client.Tests.Records;

public class FileUploadTests : ScriptedTest
{
    private const string Ticket =
        """{"key":"uploads/1","signature":"s=","success_action_status":"201","acl":"private","aws_access_key_id":"AKIA","policy":"e30="}""";
    private static readonly CopperEntity People = CopperEntities.GetPrimary("people");

    [Fact]
    public async Task The_storage_gets_the_documented_fields_in_order_and_no_credential()
    {
        Service.ThenJson(Ticket).Then(201).ThenJson("""{"id":3,"file_name":"a.txt","file_size":5}""");

        var file = await RunAsync(Client().Files.AddAsync(People, 7, Bytes("hello"), "Müller \"a\"\r\n.txt"));

        var (asked, upload, attached) = (Service.Requests[0], Service.Requests[1], Service.Requests[2]);
        Assert.Equal("people/7/files/s3_signed_url", asked.Path);
        Assert.Equal("https://ali-userassets-production.s3.amazonaws.com/", upload.Uri.AbsoluteUri);
        Assert.DoesNotContain(
            upload.Headers.Keys, static name =>
                name.StartsWith("X-PW-", StringComparison.OrdinalIgnoreCase) || name is "Authorization" or "Cookie");
        Assert.DoesNotContain(Key, string.Join(' ', upload.Headers.Values) + upload.Body, StringComparison.Ordinal);
        Assert.Equal(
            ["key", "signature", "success_action_status", "acl", "AWSAccessKeyId", "policy", "file"],
            upload.Body.Split("name=\"").Skip(1).Where(static part => !part.StartsWith("M_", StringComparison.Ordinal))
                .Select(static part => part.Split('"')[0]));
        Assert.Contains("\r\n\r\nhello\r\n--", upload.Body, StringComparison.Ordinal);
        Assert.Equal(
            upload.Headers["Content-Length"], Encoding.UTF8.GetByteCount(upload.Body)
            .ToString(System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal("people/7/files", attached.Path);
        Assert.Contains("\"key\":\"uploads/1\"", attached.Body, StringComparison.Ordinal);
        Assert.Equal((3, "person", 7), (file.Id, file.RelatedType, file.RelatedId));
    }

    [Fact]
    public async Task The_upload_does_not_wait_for_the_rate_limit()
    {
        Service.ThenJson(Ticket).Then(201).ThenJson("""{"id":3}""");

        await RunAsync(
            Client(options => options.RateLimits = [new RateLimit(2, TimeSpan.FromMinutes(1))]).Files.AddAsync(People, 7, Bytes("x"), "a"));

        Assert.Single(Service.Requests.Select(static request => request.At).Distinct());
    }

    [Fact]
    public async Task A_busy_storage_is_asked_again_with_the_whole_file()
    {
        Service.ThenJson(Ticket).Then(503).ThenBreaksTheConnection().Then(201).ThenJson("""{"id":3}""");

        await RunAsync(Client().Files.AddAsync(People, 7, Bytes("hello"), "a"));

        Assert.Equal(5, Service.Requests.Count);
        Assert.All(Service.Requests.Skip(1).Take(3), static request => Assert.Contains("hello", request.Body, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(403)]
    [InlineData(307)]
    public async Task A_storage_that_says_no_ends_it_and_nothing_is_attached(int status)
    {
        Service.ThenJson(Ticket)
            .Then(status, "<Error><Code>AccessDenied</Code><Message>Policy &amp; expired</Message></Error>",
                ("Location", "https://elsewhere.example/"));

        var failure = await FailsAsync<CopperUploadException>(Client().Files.AddAsync(People, 7, Bytes("hello"), "a"));

        Assert.Equal(status, (int)failure.StatusCode!);
        Assert.Contains("AccessDenied: Policy & expired", failure.Message, StringComparison.Ordinal);
        Assert.Equal(2, Service.Requests.Count);
    }

    [Fact]
    public async Task A_file_that_is_too_large_is_rejected_before_its_bytes_are_sent()
    {
        var policy = Convert.ToBase64String(Encoding.UTF8.GetBytes("""{"conditions":[{"acl":"private"},["content-length-range",0,4]]}"""));
        Service.ThenJson(Ticket.Replace("e30=", policy, StringComparison.Ordinal));

        await FailsAsync<ArgumentException>(Client().Files.AddAsync(People, 7, Bytes("hello"), "a"));
        Assert.Single(Service.Requests);

        await FailsAsync<ArgumentException>(Client().Files.AddAsync(People, 7, new EndlessStream(), "a"));
        await FailsAsync<ArgumentException>(Client().Files.AddAsync(CopperEntities.GetPrimary("task"), 7, Bytes("x"), "a"));
        Assert.Single(Service.Requests);
    }

    [Theory]
    [InlineData("key")]
    [InlineData("signature")]
    [InlineData("policy")]
    [InlineData("aws_access_key_id")]
    public async Task A_permission_that_lacks_what_the_storage_needs_uploads_nothing(string name)
    {
        Service.ThenJson(Ticket.Replace($"\"{name}\":", $"\"{name}\":\" \",\"x\":", StringComparison.Ordinal));

        var failure = await FailsAsync<CopperProtocolException>(
            Client(static options => options.MaxRetries = 0).Files.AddAsync(People, 7, Bytes("hello"), "a"));

        Assert.Contains($"has no {name}", failure.Message, StringComparison.Ordinal);
        Assert.Single(Service.Requests);
    }

    [Fact]
    public async Task A_permission_that_is_rejected_uploads_nothing()
    {
        Service.ThenJson("""{"success":false,"status":422,"message":"Nope"}""");

        var failure = await FailsAsync<CopperValidationException>(Client().Files.AddAsync(People, 7, Bytes("hello"), "a"));

        Assert.Equal("Nope", failure.ServerMessage);
        Assert.Single(Service.Requests);
    }

    [Fact]
    public async Task A_connection_to_the_storage_that_breaks_is_told_with_its_address()
    {
        Service.ThenJson(Ticket).ThenBreaksTheConnection();

        var failure = await FailsAsync<CopperConnectionException>(
            Client(static options => options.MaxRetries = 0).Files.AddAsync(People, 7, Bytes("hello"), "a"));

        Assert.Equal("https://ali-userassets-production.s3.amazonaws.com/", failure.Path);
        Assert.Contains("[POST https://ali-userassets-production.s3.amazonaws.com/]", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Progress_is_told_from_the_first_byte_to_the_last()
    {
        Service.ThenJson(Ticket).Then(201).ThenJson("""{"id":3}""");

        await RunAsync(Client().Files.AddAsync(People, 7, new MemoryStream(new byte[200_000]), "a"));

        var told = Trace.Events.Where(static message => message.Kind == CopperTraceKind.Uploading)
            .Select(static message => message.BytesSent).ToArray();
        Assert.Equal((0, 200_000), (told[0], told[^1]));
        Assert.Equal(told.Order(), told);
    }

    [Theory]
    [InlineData("http://storage.example/")]
    [InlineData("ftp://storage.example/")]
    [InlineData("https://me:secret@storage.example/")]
    public void A_storage_without_encryption_is_rejected(string address) =>
        Assert.Throws<ArgumentException>(() => Client(options => options.StorageUri = new Uri(address)));

    private static MemoryStream Bytes(string text) => new(Encoding.UTF8.GetBytes(text));

    private sealed class EndlessStream : MemoryStream
    {
        public override long Length => long.MaxValue;
    }
}
