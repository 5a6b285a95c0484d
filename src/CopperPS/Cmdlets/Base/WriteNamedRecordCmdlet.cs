using System.Collections;
using System.Management.Automation;
using Copper.Client.Json;
using Copper.Client.Models;
using CopperPS.Binding;
using CopperPS.Binding.Completers;
using CopperPS.Binding.CustomFields;

namespace CopperPS.Cmdlets.Base;

/// <summary>The fields that every kind of record but activities has.</summary>
/// <typeparam name="T">The model.</typeparam>
public abstract class WriteNamedRecordCmdlet<T> : WriteRecordCmdlet<T>
    where T : class, ICopperRecord
{
    private const string CustomFieldsMember = "custom_fields";

    private CustomFieldInput? _customFields;
    private CustomFieldColumns? _rowFields;

    private protected WriteNamedRecordCmdlet()
    {
    }

    /// <summary>The name.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [TextTransformation]
    [Field("name")]
    public virtual string? Name { get; set; }

    /// <summary>Free text.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [TextTransformation]
    [Field("details")]
    public string? Details { get; set; }

    /// <summary>The user who owns the record.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ReferenceTransformation(TakesOne = true)]
    [ArgumentCompleter(typeof(UserCompleter))]
    [Field("assignee_id", Entity = "user")]
    public CopperReference? Assignee { get; set; }

    /// <summary>The record's tags, all of them.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [TextListTransformation]
    [ArgumentCompleter(typeof(TagCompleter))]
    public string[]? Tag { get; set; }

    /// <summary>Custom fields and their values.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(CustomFieldCompleter))]
    [ValidateNotNull]
    public Hashtable? CustomField { get; set; }

    /// <summary>The custom fields of this kind of record.</summary>
    private protected CustomFieldInput CustomFields => _customFields ??= new CustomFieldInput(Client, Endpoint.Entity.Name);

    /// <summary>The tags as a record shows them, all in one column.</summary>
    private string[]? TagsColumn => CellValue.Texts(Row?["Tags"]);

    /// <summary>A tag may hold what separates tags: only the record as it stands tells whether such a cell of an exported file was edited.</summary>
    private bool NeedsPresentTags => IsUpdate && !IsSpecified(nameof(Tag), Tag) && TagsColumn?.Any(static tag => tag.Contains(';')) == true;

    private CustomFieldColumns RowFields => _rowFields ??= new CustomFieldColumns(Endpoint.Entity.Name, typeof(T), MyInvocation.MyCommand.Parameters.Values, WriteWarning);

    /// <summary>The name is missing as long as -Name is: nothing else names the record.</summary>
    private protected virtual bool IsNamedByNameAlone => true;

    /// <summary>Tags to add to those that the record has; Set only.</summary>
    private protected virtual string[]? TagsToAdd => null;

    /// <summary>Tags to take from those that the record has; Set only.</summary>
    private protected virtual string[]? TagsToRemove => null;

    private protected override void AddFields(JsonBody fields)
    {
        base.AddFields(fields);
        if (PipedRecord is not null && !IsUpdate && !IsSpecified(nameof(Name), Name) && !Property.ContainsKey("name") && IsNamedByNameAlone)
        {
            throw RequestValueConverter.Reject($"What is the new {Endpoint.Entity} called? Say it with -Name: the name of {PipedRecord} is not taken for it.", PipedRecord.Source);
        }

        if (IsSpecified(nameof(Name), Name) && string.IsNullOrWhiteSpace(Name))
        {
            throw RequestValueConverter.Reject("-Name is empty, and a record must have one. Give a name, or leave the parameter out.", Name);
        }

        var tags = IsSpecified(nameof(Tag), Tag) ? Tag : TagsColumn;
        if (tags is not null || WasTyped(nameof(Tag)))
        {
            if (TagsToAdd is not null || TagsToRemove is not null)
            {
                // A row that shows the tags does not say that they are all, when others are to be added.
                _ = WasTyped(nameof(Tag)) ? throw RequestValueConverter.Reject("-Tag sets the whole list: -AddTag and -RemoveTag cannot go with it.", Tag) : tags;
            }
            else if (!NeedsPresentTags)
            {
                fields["tags"] = WasTyped(nameof(Tag)) || (!IsSpecified(nameof(Tag), Tag) && Row?["Tags"] is not string) ? tags ?? [] : Cells(tags!);
            }
        }

        if (FieldsToWrite() is { Length: > 0 } customFields)
        {
            fields[CustomFieldsMember] = customFields;
        }
    }

    /// <summary>The custom fields that were typed, and those that a row has columns for.</summary>
    private object[] FieldsToWrite()
    {
        // A script may find nothing to put in: then there is nothing to write.
        var typed = CustomField is { Count: > 0 } ? Await(token => CustomFields.ForWritingAsync(CustomField, token)) : [];
        if (Row is null || RowFields.Find(Row, () => Await(CustomFields.DefinitionsAsync)) is not { Count: > 0 } columns)
        {
            return typed;
        }

        var ofRow = Await(token => CustomFields.ForWritingAsync(columns, token));
        var ids = new HashSet<object?>(typed.Cast<JsonBody>().Select(static item => item[CustomFieldInput.IdMember]));
        return [.. typed, .. ofRow.Where(item => !ids.Contains(((JsonBody)item)[CustomFieldInput.IdMember]))];
    }

    private protected override string Label(string field) => field == CustomFieldsMember && CustomField is { Count: > 0 }
        ? $"{field} ({string.Join(", ", CustomField.Keys.Cast<object>().Select(static key => key.ToString()).OrderBy(static key => key, StringComparer.OrdinalIgnoreCase))})"
        : field;

    private protected override IEnumerable<(string Column, string Advice)> UnwrittenColumns() => WasTyped(nameof(CustomField)) ? [] :
    [
        ("CustomFields", "Give each custom field a column of its own, named after the field, as ConvertTo-CopperFlatRecord writes them, or leave the column out."),
    ];

    private protected override IEnumerable<ReadModifyWriteStep<T>> ReadModifyWriteSteps()
    {
        var changes = base.ReadModifyWriteSteps();
        if (TagsToAdd is not null || TagsToRemove is not null)
        {
            var (added, removed) = (TagsToAdd ?? [], TagsToRemove ?? []);
            return changes.Append(new ReadModifyWriteStep<T>("tags") { AddFields = (fields, present) => ChangeTags(fields, present, added, removed) });
        }

        var tags = TagsColumn;
        return !NeedsPresentTags || tags is null ? changes : changes.Append(new ReadModifyWriteStep<T>("tags")
        {
            AddFields = (fields, present) =>
            {
                if (present is not ITaggedRecord tagged || tagged.Tags.ToString() != string.Join("; ", tags))
                {
                    fields["tags"] = Cells(tags);
                }
            },
        });
    }

    private static void ChangeTags(JsonBody fields, T present, string[] added, string[] removed)
    {
        if (present is not ITaggedRecord tagged)
        {
            return;
        }

        var kept = tagged.Tags.Except(removed, StringComparer.OrdinalIgnoreCase);
        var wanted = kept.Concat(added).Distinct(StringComparer.OrdinalIgnoreCase).ToArray();

        // The tags are sent only when they change.
        if (!wanted.SequenceEqual(tagged.Tags, StringComparer.Ordinal))
        {
            fields["tags"] = wanted;
        }
    }

    /// <summary>One cell of a CSV file holds several tags, as Export-Csv writes them.</summary>
    private static string[] Cells(string[] tags) =>
        tags.SelectMany(static tag => tag.Split(';')).Select(static tag => tag.Trim()).Where(static tag => tag.Length > 0).ToArray();
}
