using System.Management.Automation;
using Copper.Client;
using Copper.Client.Models;
using CopperPS.Binding;
using CopperPS.Binding.Completers;
using CopperPS.Cmdlets.Base;

namespace CopperPS.Cmdlets.Metadata;

/// <summary>The fields of a custom field definition, for New and Set.</summary>
public abstract class CustomFieldDefinitionWriteCmdlet : WriteRecordCmdlet<CopperCustomFieldDefinition>
{
    private protected CustomFieldDefinitionWriteCmdlet()
    {
    }

    /// <summary>The name.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [TextTransformation]
    [ValidateNotNullOrEmpty]
    [Field("name")]
    public virtual string? Name { get; set; }

    /// <summary>What the field holds.</summary>
    [Parameter]
    [TextTransformation]
    [ValidateSet("Checkbox", "Currency", "Date", "Dropdown", "Float", "MultiSelect", "Percentage", "String", "Text", "URL")]
    public virtual string? DataType { get; set; }

    /// <summary>The entities that have the field.</summary>
    [Parameter]
    [EntityTransformation]
    [ValidateSet("Lead", "Person", "Company", "Opportunity", "Project", "Task")]
    public virtual string[]? AvailableOn { get; set; }

    /// <summary>Searches and upserts can use the field.</summary>
    [Parameter]
    public SwitchParameter Filterable { get; set; }

    /// <summary>The choices of a Dropdown or MultiSelect field, all of them, in order.</summary>
    [Parameter]
    [TextListTransformation]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(CustomFieldOptionCompleter))]
    [System.Diagnostics.CodeAnalysis.SuppressMessage(
        "Naming", "CA1716:Identifiers should not match keywords", Justification = "A parameter of PowerShell.")]
    public virtual string[]? Option { get; set; }

    /// <summary>The currency of a Currency field, for example EUR.</summary>
    [Parameter]
    [TextTransformation]
    [ValidatePattern("^[A-Za-z]{3}$")]
    [ArgumentCompleter(typeof(CurrencyCompleter))]
    public virtual string? Currency { get; set; }

    /// <summary>The data type as the API spells it, when it was given.</summary>
    private protected string? KnownDataType(FieldCollector<CopperCustomFieldDefinition> fields) =>
        !fields.IsSpecified(nameof(DataType), DataType)
        ? null
        : CopperVocabulary.Find(CopperVocabulary.FieldTypes, DataType);

    private protected override void Collect(FieldCollector<CopperCustomFieldDefinition> fields)
    {
        base.Collect(fields);
        var body = fields.Fields;
        if (KnownDataType(fields) is { } type)
        {
            body["data_type"] = type;
        }

        if (fields.IsSpecified(nameof(AvailableOn), AvailableOn))
        {
            body["available_on"] = (AvailableOn ?? []).Select(static entity => CopperEntities.GetPrimary(entity).Name).Distinct().ToArray();
        }

        if (WasTyped(nameof(Filterable)))
        {
            body["is_filterable"] = Filterable.IsPresent;
        }

        if (fields.IsSpecified(nameof(Currency), Currency))
        {
            if (KnownDataType(fields) is { } given and not "Currency")
            {
                throw RequestValueConverter.Reject($"-Currency is for fields of the type Currency, not {given}.", Currency);
            }

            body["currency"] = Currency!.ToUpperInvariant();
        }
    }

    /// <summary>
    /// A Dropdown needs one choice at least and a MultiSelect two; other types have none (developer.copper.com/custom-fields/general).
    /// </summary>
    private protected static void CheckOptions(string? dataType, IReadOnlyCollection<string?> options)
    {
        if (CustomFieldDefinitionFields.FindOptionProblem(dataType, options, out var value) is { } problem)
        {
            throw RequestValueConverter.Reject(problem, value);
        }
    }
}
