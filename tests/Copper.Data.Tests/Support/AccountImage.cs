using Copper.Client;
using Copper.Client.CustomFields;
using Copper.Client.Models;
using Copper.Client.Relations;
using Copper.Data.Columns;

namespace Copper.Data.Tests.Support;

/// <summary>What an account holds, without ids and without what the service sets, to be compared.</summary>
internal static class AccountImage
{
    private const string DateFormat = "MM/dd/yyyy";

    /// <summary>A line for each record of the six entities, sorted.</summary>
    public static async Task<IReadOnlyList<string>> OfAsync(CopperClient client)
    {
        var records = await RecordsAsync(client);
        var names = NamesOf(records);
        var connectFields = (await client.Metadata.CustomFieldDefinitions.GetAsync())
            .Where(static field => field.DataType == CustomFieldTypes.Connect).Select(static field => field.Id).ToHashSet();
        return [.. records.Select(record => LineOf(record, names, connectFields)).OrderBy(static line => line, StringComparer.Ordinal)];
    }

    /// <summary>A line for each relation, connection and subscription, sorted.</summary>
    public static async Task<IReadOnlyList<string>> LinksOfAsync(CopperClient client)
    {
        var records = await RecordsAsync(client);
        var names = NamesOf(records);
        var lines = new List<string>();
        foreach (var record in records)
        {
            var entity = CopperEntities.GetPrimary(record.GetEntityType());
            lines.AddRange((await client.RelatedItems.GetAsync(entity, record.Id)).Select(item =>
                $"{entity} '{record}' is related to {item.Type} '{names.GetValueOrDefault((item.Type ?? "", item.Id), "gone")}'"));
            if (ConnectionEndpoint.Entities.Contains(entity.Name))
            {
                lines.AddRange((await client.Connections.GetAsync(record)).Select(connection =>
                    $"{entity} '{record}' is connected by {connection.DefinitionId}: "
                    + $"{connection.Source?.Name} - {connection.Target?.Name}"));
            }
        }

        var webhooks = await client.Webhooks.ListAsync();
        lines.AddRange(webhooks.Select(static webhook => $"webhook {webhook} {webhook.CustomFieldComputedValues}"));

        // Two records that are connected twice are connected.
        return [.. lines.Distinct().OrderBy(static line => line, StringComparer.Ordinal)];
    }

    private static Dictionary<(string Entity, long Id), string> NamesOf(IEnumerable<ICopperRecord> records) =>
        records.ToDictionary(static record => (record.GetEntityType(), record.Id), static record => record.ToString()!);

    private static async Task<List<ICopperRecord>> RecordsAsync(CopperClient client)
    {
        var records = new List<ICopperRecord>();
        await AddAsync(records, client.Companies.Search(new SearchQuery()));
        await AddAsync(records, client.People.Search(new SearchQuery()));
        await AddAsync(records, client.Leads.Search(new SearchQuery()));
        await AddAsync(records, client.Opportunities.Search(new SearchQuery()));
        await AddAsync(records, client.Projects.Search(new SearchQuery()));
        await AddAsync(records, client.Tasks.Search(new SearchQuery()));
        return records;
    }

    private static string LineOf(ICopperRecord record, Dictionary<(string Entity, long Id), string> names, HashSet<long> connectFields)
    {
        var image = RecordFields.WholeImageOf(record, DateFormat);
        if (image.Contains("custom_fields"))
        {
            // Connections have ids of their own.
            image["custom_fields"] = RecordFields.Items(image["custom_fields"]).Where(item => !connectFields.Contains(item.Id))
                .Select(static item => RecordFields.Item(item.Id, item.Value)).ToArray();
        }

        foreach (var (field, entity) in new[] { ("company_id", "company"), ("primary_contact_id", "person") })
        {
            if (image.Contains(field) && image[field] is long id)
            {
                image[field] = names.GetValueOrDefault((entity, id), "gone");
            }
        }

        if (record is CopperTask { RelatedResource: { Id: > 0 } related })
        {
            image["related_resource"] = names.GetValueOrDefault((related.Type ?? "", related.Id), "gone");
        }
        else if (record is CopperProject { RelatedResource: { Id: > 0 } other })
        {
            image["related_resource"] = names.GetValueOrDefault((other.Type ?? "", other.Id), "gone");
        }

        return record.GetEntityType() + " " + image;
    }

    private static async Task AddAsync<T>(List<ICopperRecord> records, SearchResult<T> result)
        where T : class, ICopperRecord
    {
        await foreach (var record in result)
        {
            records.Add(record);
        }
    }
}
