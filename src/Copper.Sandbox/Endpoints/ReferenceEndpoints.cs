using System.Text.Json;
using Copper.Sandbox.Accounts;
using Copper.Sandbox.Errors;
using Copper.Sandbox.Http;
using Copper.Sandbox.Json;
using Copper.Sandbox.Values;

namespace Copper.Sandbox.Endpoints;

/// <summary>The reference lists of the account: whole lists, never paged, read only.</summary>
internal static class ReferenceEndpoints
{
    public static IReadOnlyList<Route> Routes { get; } =
    [
        NamedItems("/contact_types", account => account.ContactTypes),
        NamedItems("/customer_sources", account => account.CustomerSources),
        NamedItems("/loss_reasons", account => account.LossReasons),
        new("GET", "/lead_statuses", ListLeadStatuses),
        new("GET", "/pipelines", call => Array(call.Account.Pipelines.Items, WritePipeline)),
        new("GET", "/pipeline_stages", call => Array(call.Account.Pipelines.Items.SelectMany(pipeline => pipeline.Stages), WriteStage)),
        new("GET", "/pipeline_stages/pipeline/{pipeline_id}", call => Array(
            (call.Account.FindPipeline(call.IdArgument(0)) ?? throw ApiException.NotFound()).Stages, WriteStage)),
    ];

    /// <summary>The first status is the one of new leads.</summary>
    private static ApiResponse ListLeadStatuses(ApiCall call)
    {
        var statuses = call.Account.LeadStatuses.Items;
        return Array(statuses.Select((status, index) => (status, index)), (writer, item) =>
        {
            writer.WriteStartObject();
            writer.WriteNumber("id", item.status.Id);
            writer.WriteString("name", item.status.Name);
            writer.WriteNumber("order", item.index + 1);
            writer.WriteBoolean("is_default", item.index == 0);
            writer.WriteEndObject();
        });
    }

    private static Route NamedItems(string path, Func<Account, ReferenceList<NamedItem>> list) =>
        new("GET", path, call => Array(list(call.Account).Items, WriteNamedItem));

    private static ApiResponse Array<T>(IEnumerable<T> items, Action<Utf8JsonWriter, T> write) => new(JsonText.Bytes(writer =>
    {
        writer.WriteStartArray();
        foreach (var item in items)
        {
            write(writer, item);
        }

        writer.WriteEndArray();
    }));

    private static void WriteNamedItem(Utf8JsonWriter writer, NamedItem item)
    {
        writer.WriteStartObject();
        writer.WriteNumber("id", item.Id);
        writer.WriteString("name", item.Name);
        writer.WriteEndObject();
    }

    private static void WritePipeline(Utf8JsonWriter writer, Pipeline pipeline)
    {
        writer.WriteStartObject();
        writer.WriteNumber("id", pipeline.Id);
        writer.WriteString("name", pipeline.Name);
        writer.WriteStartArray("stages");
        foreach (var stage in pipeline.Stages)
        {
            writer.WriteStartObject();
            writer.WriteNumber("id", stage.Id);
            writer.WriteString("name", stage.Name);
            writer.WriteNumber("win_probability", stage.WinProbability);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteString("type", "revenue");
        writer.WriteBoolean("is_revenue", true);
        writer.WriteEndObject();
    }

    private static void WriteStage(Utf8JsonWriter writer, PipelineStage stage)
    {
        writer.WriteStartObject();
        writer.WriteNumber("id", stage.Id);
        writer.WriteString("name", stage.Name);
        writer.WriteNumber("pipeline_id", stage.PipelineId);
        writer.WriteNumber("win_probability", stage.WinProbability);
        writer.WriteEndObject();
    }
}
