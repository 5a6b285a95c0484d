using System.Reflection;
using Copper.Client.Models;

namespace Copper.Client.Tests.Fixtures;

/// <summary>The published responses of the service, and for each the call that would receive it.</summary>
internal static class PublishedResponses
{
    private static readonly CopperEntity Person = CopperEntities.GetPrimary("person");
    private static readonly CopperEntity Lead = CopperEntities.GetPrimary("lead");

    /// <summary>The names of the files, without their ending.</summary>
    public static IEnumerable<string> Names { get; } =
        [.. Directory.GetFiles(Folder, "*.json").Select(static file => Path.GetFileNameWithoutExtension(file))
            .OrderBy(static name => name, StringComparer.Ordinal)];

    /// <summary>Those that hold records, and so everything but errors and confirmations of deletions and relations.</summary>
    public static IEnumerable<string> OfRecords => Names.Where(static name =>
        !name.StartsWith("ERROR", StringComparison.Ordinal) && !name.StartsWith("DELETE", StringComparison.Ordinal)
            && !name.StartsWith("NOTIFICATION", StringComparison.Ordinal)
        && !name.StartsWith("POST_ID_ID_related", StringComparison.Ordinal)
            && name is not ("POST_leads_bulk_create.1" or "POST_leads_bulk_update.1"));

    public static string Text(string name) => File.ReadAllText(Path.Combine(Folder, name + ".json"));

    /// <summary>Reads a response the way that it would be read.</summary>
    /// <param name="name">The file.</param>
    /// <param name="client">Whose service responds with it.</param>
    /// <param name="items">The number of items in it, which a bulk call must have sent.</param>
    public static async Task<IReadOnlyList<object>> ReadAsync(string name, CopperClient client, int items)
    {
        var request = name.Substring(0, name.LastIndexOf('.'));
        return request switch
        {
            "GET_account" => [await client.GetAccountAsync()],
            "GET_users_ID" => [await client.GetCurrentUserAsync()],
            "POST_users_search" => await client.Metadata.Users.GetAsync(),
            "GET_activity_types" => await client.Metadata.ActivityTypes.GetAsync(),
            "GET_contact_types" => await client.Metadata.ContactTypes.GetAsync(),
            "GET_customer_sources" => await client.Metadata.CustomerSources.GetAsync(),
            "GET_loss_reasons" => await client.Metadata.LossReasons.GetAsync(),
            "GET_lead_statuses" => await client.Metadata.LeadStatuses.GetAsync(),
            "GET_pipelines" => await client.Metadata.Pipelines.GetAsync(),
            "GET_pipeline_stages" or "GET_pipeline_stages_pipeline_ID" => await client.Metadata.PipelineStages.GetAsync(),
            "GET_custom_activity_types" => await client.Metadata.CustomActivityTypes.GetAsync(),
            "GET_custom_field_definitions" => await client.Metadata.CustomFieldDefinitions.GetAsync(),
            "GET_tags_names" => await client.Metadata.Tags.GetAsync(),
            "GET_field_layouts_by_entity_ID" => await client.Metadata.FieldLayout(Lead).GetAsync(),
            "GET_ID_ID_files" => await client.Files.GetAsync(Person, 1),
            "GET_ID_ID_files_ID" or "POST_ID_ID_files" => [await client.Files.GetAsync(Person, 1, IdIn(name))],
            "GET_ID_ID_related" or "GET_ID_ID_related_ID" => await client.RelatedItems.GetAsync(Person, 1),
            "POST_people_fetch_by_email" => One(await client.FindPersonByEmailAsync("a@b.c")),
            "POST_leads_ID_convert" => [await client.LeadActions.ConvertAsync(7)],
            "PUT_leads_upsert" => One(await client.LeadActions.UpsertByEmailAsync("a@b.c", new LeadUpdate())),
            "POST_ID_search" => await All(client.Leads.Search(new SearchQuery())),
            "GET_webhooks" => await client.Webhooks.ListAsync(),
            "POST_related_links" => [await client.Connections.AddAsync(1, Lead, 1, Lead, 2)],
            _ when request.StartsWith("GET_related_links", StringComparison.Ordinal) => await client.Connections.GetAsync(Person, 1),
            _ when request.EndsWith("_ID_activities", StringComparison.Ordinal) =>
                await All(client.ActivitiesOf(Lead, 1, new SearchQuery())),
            _ => await OfRecordsAsync(name, request, client, items),
        };
    }

    private static string Folder => Path.Combine(
        typeof(PublishedResponses).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .First(static data => data.Key == "RepositoryRoot").Value!, "tests", "Fixtures");

    /// <summary>The id that the request must have asked for.</summary>
    private static long IdIn(string name)
    {
        using var document = System.Text.Json.JsonDocument.Parse(Text(name));
        return document.RootElement.GetProperty("id").GetInt64();
    }

    private static Task<IReadOnlyList<object>> OfRecordsAsync(string name, string request, CopperClient client, int items)
    {
        var path = request.Substring(request.IndexOf('_') + 1);
        return path switch
        {
            _ when path.StartsWith("people", StringComparison.Ordinal) => Of(client.People),
            _ when path.StartsWith("companies", StringComparison.Ordinal) => Of(client.Companies),
            _ when path.StartsWith("leads", StringComparison.Ordinal) => Of(client.Leads),
            _ when path.StartsWith("opportunities", StringComparison.Ordinal) => Of(client.Opportunities),
            _ when path.StartsWith("projects", StringComparison.Ordinal) => Of(client.Projects),
            _ when path.StartsWith("tasks", StringComparison.Ordinal) => Of(client.Tasks),
            _ when path.StartsWith("activities", StringComparison.Ordinal) => Of(client.Activities),
            _ when path.StartsWith("custom_activity_types", StringComparison.Ordinal) => Of(client.CustomActivityTypes),
            _ when path.StartsWith("custom_field_definitions", StringComparison.Ordinal) => Of(client.CustomFieldDefinitions),
            _ when path.StartsWith("webhooks", StringComparison.Ordinal) => Of(client.Webhooks),
            _ => throw new InvalidOperationException($"Nobody reads {request}: name its reader."),
        };

        async Task<IReadOnlyList<object>> Of<T>(RecordEndpoint<T> endpoint)
            where T : class, ICopperRecord => path switch
        {
            _ when path.EndsWith("_search", StringComparison.Ordinal) => await All(endpoint.Search(new SearchQuery())),
            _ when path.EndsWith("bulk_create", StringComparison.Ordinal) =>
                [.. (await endpoint.Bulk.CreateAsync([.. Enumerable.Range(0, items).Select(static _ => new JsonBody { ["name"] = "x" })]))
                    .Where(static result => result.Failure is not CopperValidationException)
                    .Select(static result => result.Record ?? throw result.Failure!)],
            _ when path.EndsWith("bulk_update", StringComparison.Ordinal) =>
                [.. (await endpoint.Bulk.UpdateAsync(
                    [.. Enumerable.Range(1, items).Select(static id => ((long)id, new JsonBody()))]))
                    .Where(static result => result.Failure is not CopperValidationException)
                    .Select(static result => result.Record ?? throw result.Failure!)],
            _ when request.StartsWith("POST", StringComparison.Ordinal) => [await endpoint.CreateAsync([])],
            _ when request.StartsWith("PUT", StringComparison.Ordinal) => [await endpoint.UpdateAsync(IdIn(name), [])],
            _ => [await endpoint.GetAsync(IdIn(name))],
        };
    }

    private static async Task<IReadOnlyList<object>> All<T>(SearchResult<T> search)
        where T : class
    {
        var records = new List<object>();
        await foreach (var record in search)
        {
            records.Add(record);
        }

        return records;
    }

    private static IReadOnlyList<object> One(object? record) => record is null ? [] : [record];
}
