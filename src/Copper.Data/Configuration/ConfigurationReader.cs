using System.Text.Json;
using Copper.Client;

namespace Copper.Data.Configuration;

/// <summary>
/// Reads a configuration that somebody may have edited: what is not as it should be is an error that says where it stands.
/// </summary>
internal static class ConfigurationReader
{
    public const string CustomFields = "customFields";
    public const string CustomActivityTypes = "customActivityTypes";
    public const string Webhooks = "webhooks";
    public const string Pipelines = "pipelines";
    public const string ContactTypes = "contactTypes";
    public const string CustomerSources = "customerSources";
    public const string LeadStatuses = "leadStatuses";
    public const string LossReasons = "lossReasons";
    private const string Version = "version";

    private static readonly string[] Events = ["new", "update", "delete"];

    private static readonly JsonDocumentOptions Options = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <exception cref="ConfigurationException">It is none.</exception>
    public static CopperConfiguration Read(string path, string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, Options);
            return ReadAll(new ConfigurationNode(path, string.Empty, document.RootElement));
        }
        catch (JsonException exception)
        {
            throw new ConfigurationException(
                $"'{path}' is no configuration: line {exception.LineNumber + 1} is no JSON. {exception.Message}", exception);
        }
    }

    private static CopperConfiguration ReadAll(ConfigurationNode root)
    {
        root.CheckMembers(
            Version, CustomFields, CustomActivityTypes, Webhooks, Pipelines, ContactTypes, CustomerSources, LeadStatuses, LossReasons);
        var version = root.Member(Version)?.Whole() ?? throw root.Wrong(
            $"it has no member 'version'. {Advice.Give(Advice.ExportConfiguration, "CopperConfiguration.Save")} writes one");
        if (version > CopperConfiguration.CurrentVersion)
        {
            throw new ConfigurationException(Advice.LaterVersion(root.File));
        }

        var configuration = new CopperConfiguration
        {
            CustomFields = root.Member(CustomFields)?.Items().Select(ReadField).ToArray(),
            CustomActivityTypes = root.Member(CustomActivityTypes)?.Items().Select(ReadType).ToArray(),
            Webhooks = root.Member(Webhooks)?.Items().Select(ReadWebhook).ToArray(),
            Pipelines = root.Member(Pipelines)?.Items().Select(ReadPipeline).ToArray(),
            ContactTypes = Names(root.Member(ContactTypes)),
            CustomerSources = Names(root.Member(CustomerSources)),
            LeadStatuses = Names(root.Member(LeadStatuses)),
            LossReasons = Names(root.Member(LossReasons)),
        };
        CheckOnce(root, configuration);
        return configuration;
    }

    private static ConfiguredField ReadField(ConfigurationNode node)
    {
        node.CheckMembers("name", "key", "type", "availableOn", "filterable", "currency", "options", "connectedTo");
        var field = new ConfiguredField
        {
            Name = node.Needed("name").Text(),
            Key = node.Member("key")?.Text(),
            Type = node.Needed("type").Word(ConfiguredField.Types),
            AvailableOn =
            [
                .. node.Needed("availableOn").Items()
                    .Select(static item => item.Word([.. CopperEntities.Primary.Select(static entity => entity.Name)]))
                    .Distinct().OrderBy(static word => word, CopperConfiguration.Text),
            ],
            IsFilterable = node.Member("filterable")?.Flag() ?? false,
            Currency = node.Member("currency")?.Text().ToUpperInvariant(),
            Options = Names(node.Member("options")),
            ConnectedTo = node.Member("connectedTo")?.Text(),
        };
        CheckOptions(node, field);
        return field.Currency is null || field.Type == Client.CustomFields.CustomFieldTypes.Currency ? field
            : throw node.Wrong($"a currency is for fields of the type Currency, and this one is of the type {field.Type}");
    }

    private static void CheckOptions(ConfigurationNode node, ConfiguredField field)
    {
        if (!field.HasOptions)
        {
            if (field.Options is { Count: > 0 })
            {
                throw node.Wrong($"a field of the type {field.Type} has no options: they are for Dropdown and MultiSelect");
            }

            return;
        }

        var least = field.Type == Client.CustomFields.CustomFieldTypes.Dropdown ? 1 : 2;
        if ((field.Options?.Count ?? 0) < least)
        {
            throw node.Wrong($"a field of the type {field.Type} needs at least {(least == 1 ? "1 option" : "2 options")}");
        }

        if (Twice(field.Options!) is { } twice)
        {
            throw node.Wrong($"the option '{twice}' is there twice");
        }
    }

    private static ConfiguredActivityType ReadType(ConfigurationNode node)
    {
        node.CheckMembers("name", "icon", "disabled", "interaction");
        return new ConfiguredActivityType
        {
            Name = node.Needed("name").Text(),
            Icon = node.Member("icon")?.Text(),
            IsDisabled = node.Member("disabled")?.Flag() ?? false,
            IsInteraction = node.Member("interaction")?.Flag() ?? false,
        };
    }

    private static ConfiguredWebhook ReadWebhook(ConfigurationNode node)
    {
        node.CheckMembers("type", "event", "target", "computedCustomFields", "hasSecret", "hasHeaders");
        return new ConfiguredWebhook
        {
            Type = node.Needed("type").Word([.. CopperEntities.Searchable.Select(static entity => entity.WebhookType).OfType<string>()]),
            Event = node.Needed("event").Word(Events),
            Target = node.Needed("target").Text(),
            ComputedCustomFields = node.Member("computedCustomFields")?.Flag() ?? false,
            HasSecret = node.Member("hasSecret")?.Flag() ?? false,
            HasHeaders = node.Member("hasHeaders")?.Flag() ?? false,
        };
    }

    private static ConfiguredPipeline ReadPipeline(ConfigurationNode node)
    {
        node.CheckMembers("name", "type", "stages");
        return new ConfiguredPipeline
        {
            Name = node.Needed("name").Text(),
            Type = node.Member("type")?.Text(),
            Stages =
            [
                .. (node.Member("stages")?.Items() ?? []).Select(static stage =>
                {
                    stage.CheckMembers("name", "winProbability");
                    return new ConfiguredStage
                    {
                        Name = stage.Needed("name").Text(), WinProbability = stage.Member("winProbability")?.Whole(),
                    };
                }),
            ],
        };
    }

    private static string[]? Names(ConfigurationNode? node) => node?.Items().Select(static item => item.Text()).ToArray();

    /// <summary>What stands in the file twice would be created twice.</summary>
    private static void CheckOnce(ConfigurationNode root, CopperConfiguration configuration)
    {
        var keys = (configuration.CustomFields ?? []).SelectMany(static field => field.AvailableOn.Select(entity =>
            $"the custom field '{field.Name}' of {entity}"))
            .Concat((configuration.CustomActivityTypes ?? []).Select(static type => $"the custom activity type '{type.Name}'"))
            .Concat((configuration.Webhooks ?? []).Select(static webhook => $"the webhook {webhook}"))
            .Concat((configuration.Pipelines ?? []).Select(static pipeline => $"the pipeline '{pipeline.Name}'"));
        if (Twice(keys) is { } twice)
        {
            throw root.Wrong($"{twice} is there twice");
        }
    }

    private static string? Twice(IEnumerable<string> keys) => keys
        .GroupBy(static key => key.Trim(), StringComparer.OrdinalIgnoreCase).FirstOrDefault(static group => group.Skip(1).Any())?.Key;
}
