using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Copper.Sandbox;

namespace Copper.Client.Tests.Sandbox;

public class FileTests
{
    private const string Storage = "https://ali-userassets-production.s3.amazonaws.com";

    private readonly TestAccount _account = new();

    [Fact]
    public async Task A_file_is_uploaded_attached_listed_and_deleted()
    {
        var ticket = _account.Get("/people/1/files/s3_signed_url").Ok().Json;
        using var uploaded = await UploadAsync(Form(ticket, "Hello"));
        Assert.Equal(201, (int)uploaded.StatusCode);

        var file = _account.Post("/people/1/files", new { file_name = "hello.txt", key = (string?)ticket["key"] }).Ok();

        Assert.Equal(
            ["id", "is_deleted", "file_name", "file_size", "content_type", "creator_id", "date_created", "date_modified"],
            file.Json.AsObject().Select(member => member.Key));
        Assert.Equal(5, (long)file.Json["file_size"]!);
        Assert.Equal($"[{file.Text}]", _account.Get("/people/1/files").Ok().Text);
        Assert.Equal(file.Text, _account.Get($"/people/1/files/{file.Id}").Ok().Text);
        Assert.Equal(404, _account.Get($"/people/2/files/{file.Id}").Status);
        Assert.Equal(
            $"{{\"removed\":true,\"resource\":{{\"id\":{file.Id},\"type\":\"filedocument\"}}}}",
            _account.Delete($"/people/1/files/{file.Id}").Ok().Text);
        Assert.Empty(_account.Get("/people/1/files").Ok().Items);
    }

    [Fact]
    public void Only_what_was_uploaded_can_be_attached()
    {
        string? key = (string?)_account.Get("/people/1/files/s3_signed_url").Ok().Json["key"];

        Assert.Equal(422, _account.Post("/people/1/files", new { file_name = "x", key }).Status);
        Assert.Equal(422, _account.Post("/people/1/files", new { key }).Status);
    }

    [Theory]
    [InlineData("leads/20000001", 200)]
    [InlineData("companies/10000001", 200)]
    [InlineData("opportunities/30000001", 200)]
    [InlineData("projects/40001", 200)]
    [InlineData("tasks/50000001", 404)]
    public void All_entities_but_tasks_have_files(string record, int status) =>
        Assert.Equal(status, _account.Get($"/{record}/files").Status);

    [Fact]
    public async Task The_storage_knows_its_tickets()
    {
        var ticket = _account.Get("/people/1/files/s3_signed_url").Ok().Json;
        ticket["signature"] = "forged";

        using var reply = await UploadAsync(Form(ticket, "Hello"));

        Assert.Equal(403, (int)reply.StatusCode);
        Assert.Equal("application/xml", reply.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task A_ticket_expires()
    {
        var ticket = _account.Get("/people/1/files/s3_signed_url").Ok().Json;
        _account.Now += TimeSpan.FromHours(1);

        using var reply = await UploadAsync(Form(ticket, "Hello"));

        Assert.Equal(403, (int)reply.StatusCode);
    }

    [Fact]
    public async Task The_file_has_to_be_the_last_field()
    {
        var ticket = _account.Get("/people/1/files/s3_signed_url").Ok().Json;

        using var reply = await UploadAsync(Form(ticket, "Hello", fileFirst: true));

        Assert.Equal(400, (int)reply.StatusCode);
    }

    [Fact]
    public async Task An_upload_is_no_form_without_a_boundary()
    {
        using var reply = await UploadAsync(new StringContent("Hello"));

        Assert.Equal(412, (int)reply.StatusCode);
    }

    [Fact]
    public async Task The_journal_tells_whether_the_key_was_sent_to_the_storage()
    {
        using var reply = await UploadAsync(new StringContent("Hello"));

        Assert.False(_account.Sandbox.Journal[^1].Authenticated);
    }

    internal static MultipartFormDataContent Form(JsonNode ticket, string content, bool fileFirst = false)
    {
        var form = new MultipartFormDataContent();
        var file = new ByteArrayContent(Encoding.UTF8.GetBytes(content));
        file.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        if (fileFirst)
        {
            form.Add(file, "file", "hello.txt");
        }

        foreach (string name in new[] { "key", "signature", "success_action_status", "acl", "AWSAccessKeyId", "policy" })
        {
            string member = name == "AWSAccessKeyId" ? "aws_access_key_id" : name;
            form.Add(new StringContent((string)ticket[member]!), name);
        }

        if (!fileFirst)
        {
            form.Add(file, "file", "hello.txt");
        }

        return form;
    }

    private async Task<HttpResponseMessage> UploadAsync(HttpContent content)
    {
        using (content)
        {
            using var client = new HttpClient(new SandboxMessageHandler(_account.Sandbox));
            return await client.PostAsync(new Uri(Storage), content);
        }
    }
}
