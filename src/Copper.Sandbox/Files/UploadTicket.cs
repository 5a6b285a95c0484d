using System.Text;
using System.Text.Json;
using Copper.Sandbox.Json;

namespace Copper.Sandbox.Files;

/// <summary>The permission to upload one file: what GET …/files/s3_signed_url hands out and the storage checks.</summary>
/// <param name="Key">Name of the object in the storage.</param>
/// <param name="Signature">Signature of the policy.</param>
/// <param name="Policy">What may be uploaded until when, in Base64.</param>
/// <param name="Expires">When the permission ends.</param>
internal sealed record UploadTicket(string Key, string Signature, string Policy, DateTimeOffset Expires)
{
    public const string SuccessStatus = "201";
    public const string Acl = "private";
    public const string AccessKeyId = "AKIASANDBOXSANDBOX00";
    public const long MaximumSize = 1_073_741_824;

    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    public static UploadTicket Issue(long number, DateTimeOffset now)
    {
        string key = FormattableString.Invariant($"uploads/{number:d8}");
        var expires = now + Lifetime;
        string policy = Convert.ToBase64String(JsonText.Bytes(writer => WritePolicy(writer, key, expires)));
        return new UploadTicket(key, Sign(policy), policy, expires);
    }

    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("key", Key);
        writer.WriteString("signature", Signature);
        writer.WriteString("success_action_status", SuccessStatus);
        writer.WriteString("acl", Acl);
        writer.WriteString("aws_access_key_id", AccessKeyId);
        writer.WriteString("policy", Policy);
        writer.WriteEndObject();
    }

    private static void WritePolicy(Utf8JsonWriter writer, string key, DateTimeOffset expires)
    {
        writer.WriteStartObject();
        writer.WriteString("expiration", expires.UtcDateTime);
        writer.WriteStartArray("conditions");
        writer.WriteStartArray();
        writer.WriteStringValue("eq");
        writer.WriteStringValue("$key");
        writer.WriteStringValue(key);
        writer.WriteEndArray();
        writer.WriteStartArray();
        writer.WriteStringValue("content-length-range");
        writer.WriteNumberValue(0);
        writer.WriteNumberValue(MaximumSize);
        writer.WriteEndArray();
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    // Only the sandbox itself has to recognize its signatures.
    private static string Sign(string policy) => Convert.ToBase64String(Encoding.ASCII.GetBytes(SecretMask.Mask(policy)));
}
