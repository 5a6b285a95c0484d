using Copper.Client;
using Copper.Client.Metadata;
using Copper.Client.Models;
using CopperPS.Core;

namespace CopperPS.Binding.Completers;

/// <summary>Offers users by their names; a word may be the beginning of the e-mail address too.</summary>
public sealed class UserCompleter : NameCompleter
{
    private protected override string EntityFor(TypedCommand command) => CopperEntityNames.User;
}

/// <summary>Offers contact types.</summary>
public sealed class ContactTypeCompleter : NameCompleter
{
    private protected override string EntityFor(TypedCommand command) => CopperEntityNames.ContactType;
}

/// <summary>Offers customer sources.</summary>
public sealed class CustomerSourceCompleter : NameCompleter
{
    private protected override string EntityFor(TypedCommand command) => CopperEntityNames.CustomerSource;
}

/// <summary>Offers loss reasons.</summary>
public sealed class LossReasonCompleter : NameCompleter
{
    private protected override string EntityFor(TypedCommand command) => CopperEntityNames.LossReason;
}

/// <summary>Offers the statuses of leads.</summary>
public sealed class LeadStatusCompleter : NameCompleter
{
    private protected override string EntityFor(TypedCommand command) => CopperEntityNames.LeadStatus;
}

/// <summary>Offers pipelines.</summary>
public sealed class PipelineCompleter : NameCompleter
{
    private protected override string EntityFor(TypedCommand command) => CopperEntityNames.Pipeline;
}

/// <summary>Offers the types of activities: those that can be written, where one is to be written.</summary>
public sealed class ActivityTypeCompleter : NameCompleter
{
    private protected override string EntityFor(TypedCommand command) => CopperEntityNames.ActivityType;

    private protected override Task<IEnumerable<AccountItem>> AmongAsync(
        IReadOnlyList<AccountItem> items, CopperClient client, TypedCommand command, CancellationToken cancellationToken) =>
        Task.FromResult(command.Verb.Equals("Get", StringComparison.OrdinalIgnoreCase)
            ? items
            : items.Where(static item => item.Record is CopperActivityType { Category: ActivityTypes.User, IsDisabled: not true }));
}

/// <summary>Offers custom fields: connect fields for connections, those of leads for the matching of leads.</summary>
public sealed class CustomFieldDefinitionCompleter : NameCompleter
{
    private protected override string EntityFor(TypedCommand command) => CopperEntityNames.CustomFieldDefinition;

    private protected override Task<IEnumerable<AccountItem>> AmongAsync(
        IReadOnlyList<AccountItem> items, CopperClient client, TypedCommand command, CancellationToken cancellationToken)
    {
        Func<CopperCustomFieldDefinition, bool> isMeant = command.Noun.ToUpperInvariant() switch
        {
            "CONNECTION" => static field => field.DataType == "Connect",
            "CUSTOMFIELDOPTION" => static field => field.Options.Count > 0,
            "LEAD" => static field => field.IsFilterable == true
                && field.AvailableOn.Contains(CopperEntityNames.Lead, StringComparer.OrdinalIgnoreCase),
            _ => static _ => true,
        };
        return Task.FromResult(items.Where(item => isMeant((CopperCustomFieldDefinition)item.Record)));
    }
}

/// <summary>Offers the names of what a cmdlet such as Get-CopperPipeline lists, or Remove-CopperCustomFieldDefinition deletes.</summary>
public sealed class ListedNameCompleter : NameCompleter
{
    private protected override string? EntityFor(TypedCommand command) =>
        AccountList.Entities.FirstOrDefault(entity => EntityWords.ToNoun(entity).Equals(command.Noun, StringComparison.OrdinalIgnoreCase));

    private protected override Task<IEnumerable<AccountItem>> AmongAsync(
        IReadOnlyList<AccountItem> items, CopperClient client, TypedCommand command, CancellationToken cancellationToken) =>
        StageCompleter.OfTypedPipelinesAsync(items, client, command, cancellationToken);

    /// <summary>To read is to put out all of that name; to change or delete, one must be meant.</summary>
    private protected override bool NameServesForSeveral(TypedCommand command) =>
        command.Verb.Equals("Get", StringComparison.OrdinalIgnoreCase);
}
