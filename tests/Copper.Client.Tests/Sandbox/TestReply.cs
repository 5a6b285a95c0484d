using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Copper.Sandbox;

namespace Copper.Client.Tests.Sandbox;

/// <summary>A response of the sandbox, taken apart for assertions.</summary>
internal sealed class TestReply(SandboxReply reply)
{
    /// <summary>JSON with quotation marks as they are.</summary>
    public static JsonSerializerOptions Readable { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public int Status => reply.Status;

    public IReadOnlyDictionary<string, string> Headers => reply.Headers;

    public string Text => reply.Text;

    public JsonNode Json => JsonNode.Parse(reply.Body)!;

    public JsonArray Items => Json.AsArray();

    public long Id => (long)Json["id"]!;

    public string Message => (string)Json["message"]!;

    public string Total => reply.Headers["X-PW-TOTAL"];

    /// <summary>One member of each item of an array.</summary>
    public T[] All<T>(string member) => [.. Items.Select(item => item![member]!.GetValue<T>())];

    public long[] Ids => All<long>("id");

    /// <summary>The value of a custom field.</summary>
    public JsonNode? CustomField(long definitionId, string member = "value") => Json["custom_fields"]!.AsArray()
        .Single(field => (long)field!["custom_field_definition_id"]! == definitionId)![member];

    /// <summary>Asserts a validation error and returns its lines.</summary>
    public string[] Errors()
    {
        const string Prefix = "Invalid input: Validation errors: ";
        Assert.Equal(422, Status);
        Assert.StartsWith(Prefix, Message, StringComparison.Ordinal);
        return Message[Prefix.Length..].Split('\n');
    }

    public TestReply Ok()
    {
        Assert.True(Status == 200, $"{Status}: {Text}");
        return this;
    }
}
