using Copper.Client;
using Copper.Client.CustomFields;
using Copper.Client.Metadata;
using Copper.Client.Models;
using Copper.Data.Plans;

namespace Copper.Data.Configuration;

/// <summary>
/// How an account is set up: custom fields, custom activity types and webhooks, which the service lets a program change, and pipelines and
/// lists, which it only shows. Everything is named, and has no ids, so that two accounts can be compared. A part that is null is not looked
/// at.
/// </summary>
public sealed class CopperConfiguration
{
    /// <summary>The version of the form in which configurations are written.</summary>
    public const int CurrentVersion = 1;

    /// <summary>The custom fields.</summary>
    public IReadOnlyList<ConfiguredField>? CustomFields { get; init; }

    /// <summary>The custom activity types.</summary>
    public IReadOnlyList<ConfiguredActivityType>? CustomActivityTypes { get; init; }

    /// <summary>The subscriptions to webhooks.</summary>
    public IReadOnlyList<ConfiguredWebhook>? Webhooks { get; init; }

    /// <summary>The pipelines with their stages.</summary>
    public IReadOnlyList<ConfiguredPipeline>? Pipelines { get; init; }

    /// <summary>The names of the contact types.</summary>
    public IReadOnlyList<string>? ContactTypes { get; init; }

    /// <summary>The names of the customer sources.</summary>
    public IReadOnlyList<string>? CustomerSources { get; init; }

    /// <summary>The names of the statuses of leads.</summary>
    public IReadOnlyList<string>? LeadStatuses { get; init; }

    /// <summary>The names of the reasons for which opportunities are lost.</summary>
    public IReadOnlyList<string>? LossReasons { get; init; }

    /// <summary>What the service did not let the user read, a sentence each.</summary>
    public IReadOnlyList<string> Unread { get; init; } = [];

    /// <summary>Reads the configuration of an account, as it is now. It takes eight requests, and writes nothing.</summary>
    /// <param name="client">Whose account it is.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static async Task<CopperConfiguration> ReadAsync(CopperClient client, CancellationToken cancellationToken = default)
    {
        var lists = client.Metadata;
        lists.Pipelines.Forget();
        lists.ContactTypes.Forget();
        lists.CustomerSources.Forget();
        lists.LeadStatuses.Forget();
        lists.LossReasons.Forget();
        var unread = new List<string>();
        var settings = new SettingAccess(client);
        var fields = await settings.ReadAsync(SettingAccess.Field, cancellationToken).ConfigureAwait(false);
        var types = await settings.ReadAsync(SettingAccess.ActivityType, cancellationToken).ConfigureAwait(false);
        return new CopperConfiguration
        {
            CustomFields = FieldsOf([.. fields.OfType<CopperCustomFieldDefinition>()]),
            CustomActivityTypes =
            [
                .. types.OfType<CopperCustomActivityType>().Select(ConfiguredActivityType.Of).OrderBy(static type => type.Name, Text),
            ],
            Webhooks = await OrNullAsync("webhooks", () => client.Webhooks.ListAsync(cancellationToken), unread).ConfigureAwait(false)
                is { } webhooks
                    ? [.. webhooks.Select(ConfiguredWebhook.Of).OrderBy(static webhook => webhook.ToString(), Text)]
                    : null,
            Pipelines = await OrNullAsync("pipelines", () => lists.Pipelines.GetAsync(cancellationToken), unread).ConfigureAwait(false)
                is { } pipelines
                    ? [.. pipelines.Select(ConfiguredPipeline.Of).OrderBy(static pipeline => pipeline.Name, Text)]
                    : null,
            ContactTypes = await NamesAsync(lists.ContactTypes).ConfigureAwait(false),
            CustomerSources = await NamesAsync(lists.CustomerSources).ConfigureAwait(false),
            LeadStatuses = await NamesAsync(lists.LeadStatuses).ConfigureAwait(false),
            LossReasons = await NamesAsync(lists.LossReasons).ConfigureAwait(false),
            Unread = unread,
        };

        async Task<IReadOnlyList<string>?> NamesAsync<T>(MetadataList<T> list)
            where T : class, INamed =>
            await OrNullAsync(list.ItemName, () => list.GetAsync(cancellationToken), unread).ConfigureAwait(false) is { } items
                ? [.. items.Select(static item => item.Name ?? string.Empty).OrderBy(static name => name, Text)]
                : null;
    }

    /// <summary>Reads a configuration from its file.</summary>
    /// <exception cref="ConfigurationException">The text is no configuration; the message says where and why.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static CopperConfiguration Load(string path) => ConfigurationReader.Read(path, File.ReadAllText(path));

    /// <summary>Writes the configuration to a file; an existing one is replaced, at once.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Save(string path) => ConfigurationWriter.Save(this, path);

    /// <summary>The text of the file: sorted JSON, the same for the same configuration.</summary>
    public override string ToString() => ConfigurationWriter.TextOf(this);

    /// <summary>Names are in one order on every machine.</summary>
    internal static StringComparer Text => StringComparer.Ordinal;

    /// <summary>A part of the service that is switched off for the account, or not for this user, is left out.</summary>
    private static async Task<IReadOnlyList<T>?> OrNullAsync<T>(string what, Func<Task<IReadOnlyList<T>>> read, List<string> unread)
    {
        try
        {
            return await read().ConfigureAwait(false);
        }
        catch (CopperApiException refusal) when (refusal is CopperPermissionException or CopperNotFoundException)
        {
            unread.Add($"The {what} list cannot be read, and is left out: {refusal.Message}");
            return null;
        }
    }

    private static ConfiguredField[] FieldsOf(IReadOnlyList<CopperCustomFieldDefinition> fields) =>
    [
        .. fields.Select(field => new ConfiguredField
        {
            Name = field.Name ?? string.Empty,
            Key = field.CanonicalName,
            Type = field.DataType ?? string.Empty,
            AvailableOn = [.. field.AvailableOn.OrderBy(static entity => entity, Text)],
            IsFilterable = field.IsFilterable ?? false,
            Currency = field.Currency,
            Options = field.DataType is CustomFieldTypes.Dropdown or CustomFieldTypes.MultiSelect
                ? [.. SettingAccess.Ordered(field).Select(static option => option.Name ?? string.Empty)] : null,
            ConnectedTo = field.ConnectedId is { } other
                ? fields.FirstOrDefault(one => one.Id == other)?.Name : null,
            Setting = field,
        }).OrderBy(static field => field.Name, Text).ThenBy(static field => string.Join(" ", field.AvailableOn), Text),
    ];
}
