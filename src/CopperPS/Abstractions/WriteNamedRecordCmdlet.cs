using System.Collections;
using System.Management.Automation;
using Copper.Client.Crm;
using Copper.Client.Json;
using CopperPS.Binding;
using CopperPS.CustomFields;

namespace CopperPS.Abstractions;

/// <summary>The fields that every kind of record but activities has.</summary>
/// <typeparam name="T">The model.</typeparam>
public abstract class WriteNamedRecordCmdlet<T> : WriteRecordCmdlet<T>
    where T : class, ICopperRecord
{
    private const string CustomFieldsMember = "custom_fields";

    private CustomFieldInput? _customFields;

    private protected WriteNamedRecordCmdlet()
    {
    }

    /// <summary>The name.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Field("name")]
    public virtual string? Name { get; set; }

    /// <summary>Free text.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
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
    [ArgumentCompleter(typeof(TagCompleter))]
    public string[]? Tag { get; set; }

    /// <summary>Custom fields and their values.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(CustomFieldCompleter))]
    [ValidateNotNull]
    public Hashtable? CustomField { get; set; }

    /// <summary>The custom fields of this kind of record.</summary>
    private protected CustomFieldInput CustomFields => _customFields ??= new CustomFieldInput(Client, Endpoint.Entity.Name);

    /// <summary>Tags to add to those that the record has; Set only.</summary>
    private protected virtual string[]? TagsToAdd => null;

    /// <summary>Tags to take from those that the record has; Set only.</summary>
    private protected virtual string[]? TagsToRemove => null;

    private protected override void AddFields(JsonBody fields)
    {
        base.AddFields(fields);
        if (IsGiven(nameof(Name), Name) && string.IsNullOrWhiteSpace(Name))
        {
            throw WireValues.Refuse("-Name is empty, and a record must have one. Give a name, or leave the parameter out.", Name);
        }

        if (IsGiven(nameof(Tag), Tag))
        {
            if (TagsToAdd is not null || TagsToRemove is not null)
            {
                throw WireValues.Refuse("-Tag sets the whole list: -AddTag and -RemoveTag cannot go with it.", Tag);
            }

            fields["tags"] = WasTyped(nameof(Tag)) ? Tag ?? [] : Cells(Tag!);
        }

        // A script may find nothing to put in: then there is nothing to write.
        if (CustomField is { Count: > 0 })
        {
            fields[CustomFieldsMember] = Await(token => CustomFields.ForWritingAsync(CustomField, token));
        }
    }

    private protected override string Label(string field) => field == CustomFieldsMember && CustomField is { Count: > 0 }
        ? $"{field} ({string.Join(", ", CustomField.Keys.Cast<object>().Select(static key => key.ToString()).OrderBy(static key => key, StringComparer.OrdinalIgnoreCase))})"
        : field;

    private protected override IEnumerable<PresentChange<T>> ChangesOfPresent()
    {
        if (TagsToAdd is null && TagsToRemove is null)
        {
            return [];
        }

        var (added, removed) = (TagsToAdd ?? [], TagsToRemove ?? []);
        return [new PresentChange<T>("tags") { AddFields = (fields, present) => ChangeTags(fields, present, added, removed) }];
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
