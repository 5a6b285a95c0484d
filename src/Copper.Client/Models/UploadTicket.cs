using System.Text;
using System.Text.Json;

namespace Copper.Client.Models;

/// <summary>
/// The permission to put one file into the storage: what the service hands out, and the storage checks
/// (developer.copper.com/file-upload).
/// </summary>
internal sealed class UploadTicket
{
    public string? Key { get; set; }

    public string? Signature { get; set; }

    public string? SuccessActionStatus { get; set; }

    public string? Acl { get; set; }

    public string? AwsAccessKeyId { get; set; }

    public string? Policy { get; set; }

    /// <summary>The fields of the form in the documented order; the file comes after them.</summary>
    public IEnumerable<KeyValuePair<string, string>> Fields()
    {
        yield return new("key", Key ?? string.Empty);
        yield return new("signature", Signature ?? string.Empty);
        yield return new("success_action_status", SuccessActionStatus ?? "201");
        yield return new("acl", Acl ?? "private");
        yield return new("AWSAccessKeyId", AwsAccessKeyId ?? string.Empty);
        yield return new("policy", Policy ?? string.Empty);
    }

    /// <summary>
    /// Rejects a ticket that the storage would turn away: it lacks the key, which is the place of the file, or one of the members by which
    /// the storage recognizes the permission.
    /// </summary>
    /// <exception cref="JsonException">A member is missing.</exception>
    public UploadTicket Check()
    {
        foreach (var (name, value) in new[]
        {
            ("key", Key), ("signature", Signature), ("policy", Policy), ("aws_access_key_id", AwsAccessKeyId),
        })
        {
            if (string.IsNullOrWhiteSpace(value))
            {
                throw new JsonException($"it permits no upload, for it has no {name}. Nothing was uploaded.");
            }
        }

        return this;
    }

    /// <summary>The most bytes that the policy lets through; null when it does not state it.</summary>
    public long? LargestLength()
    {
        try
        {
            using var policy = JsonDocument.Parse(Encoding.UTF8.GetString(Convert.FromBase64String(Policy ?? string.Empty)));
            foreach (var condition in policy.RootElement.GetProperty("conditions").EnumerateArray())
            {
                if (condition.ValueKind == JsonValueKind.Array && condition.GetArrayLength() == 3
                    && condition[0].ValueKind == JsonValueKind.String && condition[0].GetString() == "content-length-range")
                {
                    return condition[2].GetInt64();
                }
            }
        }
        catch (Exception exception)
            when (exception is JsonException or FormatException or KeyNotFoundException or InvalidOperationException)
        {
            // The policy is for the storage to judge; this only saves a useless upload.
        }

        return null;
    }
}
