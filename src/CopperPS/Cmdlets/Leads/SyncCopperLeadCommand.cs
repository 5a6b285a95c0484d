using System.Globalization;
using System.Management.Automation;
using Copper.Client;
using Copper.Client.CustomFields;
using Copper.Client.Metadata;
using Copper.Client.Models;
using CopperPS.Binding;
using CopperPS.Binding.Completers;
using CopperPS.Binding.CustomFields;
using CopperPS.Cmdlets.Base;
using CopperPS.Core;

namespace CopperPS.Cmdlets.Leads;

/// <summary>Changes the lead that matches, or creates one where none does.</summary>
/// <remarks>
/// The service looks and writes in one step, so that two runs at once create no duplicates. When several leads match, nothing is
/// changed, and the error names them.
/// </remarks>
[Cmdlet(VerbsData.Sync, "CopperLead", DefaultParameterSetName = EmailSet, SupportsShouldProcess = true)]
[OutputType(typeof(CopperLead))]
public sealed class SyncCopperLeadCommand : LeadWriteCmdlet, IRowInput
{
    private const string EmailSet = "Email";
    private const string FieldSet = "Field";

    private CustomFieldResolver? _customFields;
    private CopperCustomFieldDefinition? _field;

    /// <summary>The full name.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [TextTransformation]
    [ValidateNotNullOrEmpty]
    public override string? Name { get; set; }

    /// <summary>The lead matches that has the address given with -Email.</summary>
    [Parameter(ParameterSetName = EmailSet, Mandatory = true)]
    public SwitchParameter MatchEmail { get; set; }

    /// <summary>The lead matches that has the same value in this custom field, which must be available on leads and filterable.</summary>
    [Parameter(ParameterSetName = FieldSet, Mandatory = true)]
    [ReferenceTransformation(TakesOne = true)]
    [ArgumentCompleter(typeof(CustomFieldDefinitionCompleter))]
    public CopperReference? MatchField { get; set; }

    /// <summary>The value for -MatchField; without it the one given in -CustomField counts.</summary>
    [Parameter(ParameterSetName = FieldSet, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(CustomFieldOptionCompleter))]
    public object? MatchValue { get; set; }

    /// <summary>A row of a table: its columns fill the parameters of the same names, and an error points to it.</summary>
    [Parameter(ValueFromPipeline = true)]
    [RowTransformation]
    public PSObject? InputObject { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        try
        {
            TakeInput();
            RejectRecords();
            if (!TryFindField() || !HasKnownProperty() || !TryCollect(WriteKind.Upsert, NewRecordSuffix(), out var collected))
            {
                return;
            }

            if (ParameterSetName == FieldSet)
            {
                SyncByField(collected);
            }
            else
            {
                SyncByEmail(collected);
            }
        }
        catch (InputRejectedException rejection)
        {
            var error = ErrorRecords.From(rejection);
            Reject(NewRecordSuffix() is { } suffix ? ErrorRecords.WithSuffix(error, suffix) : error);
        }
        catch (CopperException exception)
        {
            // A name could not be looked up.
            Reject(exception, Name);
        }
        finally
        {
            CompleteItem();
        }
    }

    private CustomFieldResolver CustomFields => _customFields ??= new CustomFieldResolver(Client.Metadata, Endpoint.Entity.Name);

    private void SyncByEmail(FieldCollector<CopperLead> collected)
    {
        var fields = collected.Fields;
        var email = Email?.Email;
        if (!fields.Contains("email") || string.IsNullOrWhiteSpace(email))
        {
            if (Item.Row is { } row && !WasTyped(nameof(Email)))
            {
                throw new InputRejectedException(
                    InputRejection.Invalid, RowDescription.NoCell(row.Source, nameof(Email), "a lead that is found by it"), row.Source)
                {
                    IsOfEveryRow = RowDescription.IsOfAllRows(row.Source, nameof(Email)),
                };
            }

            throw RequestValueConverter.Reject("-MatchEmail finds a lead by its address: give -Email "
                + $"too{(Name is null ? string.Empty : $" (lead '{Name}')")}.", Name);
        }

        var typed = (LeadFields)TypedRecords.NewChanges<CopperLead>(fields);
        Sync(email!, collected, token => Client.LeadActions.UpsertByEmailAsync(email!, typed, token));
    }

    /// <summary>
    /// Finds the field of -MatchField, which is the same for every item. False when there is no such field, which was reported then.
    /// </summary>
    private bool TryFindField()
    {
        if (ParameterSetName != FieldSet || _field is not null)
        {
            return true;
        }

        try
        {
            var definition = Await(token => CustomFields.FindAsync(CustomFieldParameter.Key(MatchField!), token));
            _field = definition.IsFilterable != false
                ? definition
                : throw CustomFieldRejections.Wrong(definition, "is not set up for searches, so no lead can be found by it: "
                    + $"Set-CopperCustomFieldDefinition {definition.Id} -Filterable changes that.", MatchField!.Source);
            return true;
        }
        catch (InputRejectedException rejection)
        {
            RejectForAll(rejection);
            return false;
        }
    }

    private void SyncByField(FieldCollector<CopperLead> collected)
    {
        var fields = collected.Fields;
        var definition = _field!;
        var present = fields.Contains("custom_fields") ? ((IEnumerable<object>)fields["custom_fields"]!).Cast<JsonBody>().ToList() : [];
        var given = present.Find(IsOfField)?["value"];
        var match = MatchValue is null
            ? null
            : (JsonBody)Await(token => CustomFields.ForWritingAsync(
                new Dictionary<object, object?> { [definition] = CustomFieldParameter.Value(MatchValue) }, token))[0];
        var value = match is null ? given : match["value"];
        if (value is null or "")
        {
            throw RequestValueConverter.Reject($"-MatchField finds a lead by its value of custom field '{definition.Name}' "
                + $"({definition.Id}): give the value with -MatchValue, or in -CustomField.", MatchField!.Source);
        }

        if (given is null)
        {
            // A lead that is created must have the value too, or the next run would create another.
            present.RemoveAll(IsOfField);
            fields["custom_fields"] = present.Append(match!).ToArray<object>();
        }

        var key = definition.Id.ToString(CultureInfo.InvariantCulture);
        var typed = (LeadFields)TypedRecords.NewChanges<CopperLead>(fields);
        Sync(value, collected, token => given is null || match is null
            ? Client.LeadActions.UpsertByCustomFieldAsync(key, typed, token)
            : Client.LeadActions.UpsertByCustomFieldAsync(key, CustomFieldParameter.Value(MatchValue)!, typed, token));

        bool IsOfField(JsonBody item) => item[CustomFieldResolver.IdMember] is long id && id == definition.Id;
    }

    private void Sync(object value, FieldCollector<CopperLead> collected, Func<CancellationToken, Task<CopperLead?>> upsert)
    {
        NoteItem();
        WarnOfRepeatedRow(collected, $"the lead with {value}", [CellValue.Describe(value)]);
        if (!ShouldProcess($"lead with {value}", $"Change, or create, with {collected.Description.ValuesOf(collected.Fields)}"))
        {
            return;
        }

        StartCall(
            Work,
            upsert,
            InputObject ?? Name ?? value,
            lead =>
            {
                if (lead is null)
                {
                    WriteWarning($"Copper confirmed the lead with {value} without saying which one it is.");
                }
                else
                {
                    WriteObject(lead);
                }
            },
            value);
    }
}
