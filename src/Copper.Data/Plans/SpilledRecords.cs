using System.Globalization;
using System.Text;
using Copper.Client;
using Copper.Client.Models;

namespace Copper.Data.Plans;

/// <summary>Lists of records that memory need not hold.</summary>
internal static class SpilledRecords
{
    /// <summary>An empty list.</summary>
    /// <param name="client">Reads the records again, with their names.</param>
    /// <param name="entity">The kind of records.</param>
    public static SpilledList<ICopperRecord> New(CopperClient client, CopperEntity entity) => new(
        (writer, record) => writer.WriteText(JsonOf(entity, record)), reader => Read(client, entity, reader.ReadText()!));

    /// <summary>An empty list of records in JSON, of which most are compared and only some are read.</summary>
    public static SpilledList<string> NewTexts() => new(
        static (writer, text) => writer.WriteText(text), static reader => reader.ReadText()!);

    /// <summary>Reads a record from its JSON.</summary>
    public static ICopperRecord Read(CopperClient client, CopperEntity entity, string json) =>
        client.ReadRecord(entity, Encoding.UTF8.GetBytes(json));

    /// <summary>
    /// A record in JSON. A day is written in the form that every account reads, whichever of day and month it writes first.
    /// </summary>
    public static string JsonOf(CopperEntity entity, ICopperRecord record)
    {
        var body = entity.Write(record);
        if (record is CopperOpportunity { CloseDate: { } day })
        {
            body["close_date"] = day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        }

        return body.ToString();
    }
}
