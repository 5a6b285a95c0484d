using System.Text.Json;
using Copper.Sandbox.Values;

namespace Copper.Sandbox.Files;

/// <summary>A file attached to a record. Its content is not kept: the API has no way to get it back.</summary>
internal sealed record AttachedFile(long Id, ResourceReference Parent, string FileName, long FileSize, long CreatorId, long DateCreated)
{
    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteNumber("id", Id);
        writer.WriteBoolean("is_deleted", false);
        writer.WriteString("file_name", FileName);
        writer.WriteNumber("file_size", FileSize);
        writer.WriteString("content_type", "binary/octet-stream");
        writer.WriteNumber("creator_id", CreatorId);
        writer.WriteNumber("date_created", DateCreated);
        writer.WriteNull("date_modified");
        writer.WriteEndObject();
    }
}
