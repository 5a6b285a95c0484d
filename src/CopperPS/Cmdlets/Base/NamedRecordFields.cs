using System.Collections;
using System.Collections.Concurrent;
using System.Globalization;
using System.Management.Automation;
using Copper.Client;
using Copper.Client.CustomFields;
using Copper.Client.Metadata;
using Copper.Client.Models;
using Copper.Data.Columns;
using CopperPS.Binding;
using CopperPS.Binding.CustomFields;
using CopperPS.Core;

namespace CopperPS.Cmdlets.Base;

/// <summary>
/// Collects what every kind of record but activities has: the name, tags, and custom fields by name. One for each cmdlet.
/// </summary>
/// <typeparam name="T">The model.</typeparam>
/// <param name="input">The parameters.</param>
/// <param name="parameters">All parameters of the cmdlet: their columns are no custom fields.</param>
internal sealed class NamedRecordFields<T>(INamedRecordInput input, IEnumerable<ParameterMetadata> parameters)
    where T : class, ICopperRecord
{
    private const string CustomFieldsMember = "custom_fields";
    private const string TagsMember = "tags";

    /// <summary>Tags to remove, and whether some record had them. Requests in flight read records on threads of their own.</summary>
    private readonly ConcurrentDictionary<string, bool> _removed = new(StringComparer.OrdinalIgnoreCase);

    private CustomFieldResolver? _resolver;
    private CustomFieldColumns? _columns;

    /// <summary>Adds the fields and steps of the current item.</summary>
    /// <param name="fields">Where they are added.</param>
    /// <param name="isNamedByNameAlone">Nothing but -Name names the record.</param>
    public void Collect(FieldCollector<T> fields, bool isNamedByNameAlone = true)
    {
        var name = input.Name;
        var isNameGiven = fields.IsSpecified("Name", name);
        if (fields is { PipedRecord: { } record, IsUpdate: false } && !isNameGiven && !fields.Property.ContainsKey("name")
            && isNamedByNameAlone)
        {
            throw MandatoryParameters.RejectForAll(
                $"What is the new {fields.Entity} called? Give its name, with -Name: {Subject(record)} that is piped is what the "
                    + $"{fields.Entity} belongs to, and its own name is not taken. Nothing was sent.",
                record.Source);
        }

        if (isNameGiven && string.IsNullOrWhiteSpace(name))
        {
            throw MandatoryParameters.RejectForAll(
                $"-Name is empty, and {EntityWords.WithArticle(fields.Entity.Name)} must have a name. Give one"
                    + (fields.IsUpdate ? ", or leave the parameter out." : "."),
                name);
        }

        CollectTags(fields);
        CollectCustomFields(fields);
    }

    /// <summary>The opportunity 7 (Name 'Renewal').</summary>
    private static string Subject(CopperReference record) => record.Source is ICopperRecord known
        ? $"the {record.EntityType} '{known}'"
        : $"the {record.EntityType} with {RowDescription.NameOf(record.Source!) ?? $"the Id {record.Id}"}";

    /// <summary>The tags to remove that no record had.</summary>
    public IReadOnlyList<string> NeverRemoved => [.. _removed.Where(static tag => !tag.Value).Select(static tag => tag.Key)];

    /// <summary>Resolves the custom fields of this kind of record.</summary>
    public CustomFieldResolver Resolver(FieldCollector<T> fields) =>
        _resolver ??= new CustomFieldResolver(fields.Account.Client.Metadata, fields.Entity.Name);

    private void CollectTags(FieldCollector<T> fields)
    {
        var (tag, wasTyped) = (input.Tag, fields.WasTyped("Tag"));
        var isSpecified = fields.IsSpecified("Tag", tag);
        var column = CellValue.Texts(fields.Row?["Tags"]);

        // A tag may hold what separates tags: only the record as it stands tells whether such a cell of an exported file was edited.
        var needsRecord = fields.IsUpdate && !isSpecified && column?.Any(static text => text.IndexOfAny([';', ',']) >= 0) == true;
        var (added, removed) = (EditedTags(fields, "AddTag", (input as ITagEditor)?.AddTag),
            EditedTags(fields, "RemoveTag", (input as ITagEditor)?.RemoveTag));
        var isEdit = added is not null || removed is not null;
        var tags = isSpecified ? tag : column;
        if (tags is not null || wasTyped)
        {
            // When tags are to be added, the tags that a row shows are not the whole list.
            if (isEdit && wasTyped)
            {
                throw RequestValueConverter.Reject("-Tag sets the whole list: -AddTag and -RemoveTag cannot go with it.", tag);
            }

            if (!isEdit && !needsRecord)
            {
                fields.Fields[TagsMember] = wasTyped ? Typed("-Tag", tags ?? [])
                    : isSpecified ? Cells(tags!, fields.Row?["Tag"] is string)
                    : fields.Row?["Tags"] is string ? Cells(tags!, true)
                    : Trimmed(tags!);
                fields.Description.Note(TagsMember, "Tag", fields.Fields[TagsMember]);
            }
        }

        if (isEdit)
        {
            var (more, less) = (added ?? [], removed ?? []);
            fields.Description.NoteAction(TagsMember, string.Join(" and ", DescribeEdit(more, less)));
            fields.Steps.Add(new ReadModifyWriteStep<T>(TagsMember)
            {
                AddFields = (body, present) => EditTags(body, present, more, less, _removed),
            });
            if (fields.Account.IsWhatIf)
            {
                // Nothing is read: of a record that is piped its tags are known.
                NoteRemoved(less, fields.PipedRecord?.Source as ITaggedRecord, _removed);
            }
        }
        else if (needsRecord)
        {
            fields.Steps.Add(new ReadModifyWriteStep<T>(TagsMember)
            {
                AddFields = (body, present) =>
                {
                    if (present is not ITaggedRecord tagged || tagged.Tags.ToString() != string.Join("; ", column!))
                    {
                        body[TagsMember] = Cells(column!, true, (present as ITaggedRecord)?.Tags);
                    }
                },
            });
        }
    }

    /// <summary>The tags to add or to remove: those that were typed, or the cell of a row. Null when none are given.</summary>
    private static string[]? EditedTags(FieldCollector<T> fields, string parameter, string[]? tags) =>
        tags is null || !fields.IsSpecified(parameter, tags) ? null
            : fields.IsFromRow(parameter, tags) ? Cells(tags, fields.Row?[parameter] is string)
            : parameter == "AddTag" ? Typed("-AddTag", tags)
            : tags;

    private static IEnumerable<string> DescribeEdit(string[] added, string[] removed)
    {
        if (added.Length > 0)
        {
            yield return $"add tag '{string.Join("', '", added)}'";
        }

        if (removed.Length > 0)
        {
            yield return $"remove tag '{string.Join("', '", removed)}'";
        }
    }

    private static void EditTags(
        JsonBody body, T present, string[] added, string[] removed, ConcurrentDictionary<string, bool> hadTag)
    {
        if (present is not ITaggedRecord tagged)
        {
            return;
        }

        NoteRemoved(removed, tagged, hadTag);

        // A tag that another program stored with spaces around it, or with nothing in it, can be removed too.
        var unwanted = new HashSet<string>(removed.Select(static tag => tag?.Trim() ?? string.Empty), StringComparer.OrdinalIgnoreCase);
        var kept = tagged.Tags.Where(tag => !unwanted.Contains(tag.Trim()));
        var wanted = kept.Concat(added).Distinct(StringComparer.OrdinalIgnoreCase).ToArray();

        // The tags are sent only when they change.
        if (!wanted.SequenceEqual(tagged.Tags, StringComparer.Ordinal))
        {
            body[TagsMember] = wanted;
        }
    }

    /// <summary>Notes which of the tags to remove a record has.</summary>
    private static void NoteRemoved(string[] removed, ITaggedRecord? record, ConcurrentDictionary<string, bool> hadTag)
    {
        foreach (var tag in Trimmed(removed.OfType<string>()))
        {
            var has = record?.Tags.Any(own => string.Equals(own.Trim(), tag, StringComparison.OrdinalIgnoreCase)) == true;
            hadTag.AddOrUpdate(tag, has, (_, had) => had || has);
        }
    }

    /// <summary>The tags that were typed, without the spaces around them.</summary>
    private static string[] Typed(string parameter, string[] tags) => tags.Any(string.IsNullOrWhiteSpace)
        ? throw RequestValueConverter.Reject(
            $"{parameter} holds an empty text, which is no tag. Nothing was sent. "
                + (parameter == "-Tag" ? "Leave it out; -Tag $null removes all tags." : "Leave it out."),
            tags)
        : Trimmed(tags);

    private static string[] Trimmed(IEnumerable<string> tags) =>
        [.. tags.Select(static tag => tag.Trim()).Where(static tag => tag.Length > 0).Distinct(StringComparer.Ordinal)];

    /// <summary>One cell of a CSV file holds several tags, separated by semicolons, as Export-Csv and flat records write them.</summary>
    /// <param name="cells">The cells.</param>
    /// <param name="areTexts">They are cells of text: a comma in one is more likely a separator than a part of a tag.</param>
    /// <param name="present">The tags that the record has: those of them that hold a comma are meant.</param>
    private static string[] Cells(string[] cells, bool areTexts, IEnumerable<string>? present = null)
    {
        var tags = Trimmed(cells.SelectMany(static cell => cell.Split(';')));
        if (areTexts && CellCheck.TagWithComma(tags, present) is { } comma)
        {
            throw RequestValueConverter.Reject(
                $"The tags of a row are separated by semicolons, and this cell has a comma: '{VisibleText.Of(comma.Tag)}'. Write "
                    + $"'{VisibleText.Of(comma.Several)}'. If it is one tag with a comma in it, give it with -Tag. Nothing was sent.",
                comma.Tag);
        }

        return tags;
    }

    private void CollectCustomFields(FieldCollector<T> fields)
    {
        if (!fields.WasTyped("CustomField"))
        {
            fields.AddUnwritten(
                "CustomFields",
                "give each custom field a column of its own, named after the field, as ConvertTo-CopperFlatRecord writes them, or "
                    + "leave the column out.");
        }

        if (ToWrite(fields) is { Length: > 0 } customFields)
        {
            fields.Fields[CustomFieldsMember] = customFields;
        }
    }

    /// <summary>
    /// The fields of a row. A cell that is rejected may show what the record has: a choice that is gone, or what somebody else wrote.
    /// </summary>
    private static object[] OfRow(FieldCollector<T> fields, CustomFieldResolver resolver, Hashtable columns)
    {
        var account = fields.Account;
        try
        {
            return account.Wait(token => resolver.ForWritingAsync(CustomFieldParameter.Plain(columns), token));
        }
        catch (InputRejectedException rejection) when (!fields.IsUpdate && IsOfOtherOrder(rejection))
        {
            throw OfFile(rejection);
        }
        catch (InputRejectedException) when (fields.IsUpdate)
        {
            var written = new List<object>();
            foreach (var column in DictionaryEntries.Of(columns))
            {
                var one = new Hashtable { [column.Key] = column.Value };
                try
                {
                    written.AddRange(account.Wait(token => resolver.ForWritingAsync(CustomFieldParameter.Plain(one), token)));
                }
                catch (InputRejectedException rejection)
                {
                    var definition = account.Wait(token => resolver.FindAsync(CustomFieldParameter.Key(column.Key), token));
                    fields.RejectUnless(
                        present => IsShown(present, definition.Id, column.Value),
                        IsOfOtherOrder(rejection) ? OfFile(rejection) : rejection);
                }
            }

            return [.. written];
        }
    }

    private static bool IsOfOtherOrder(InputRejectedException rejection) =>
        rejection.Reason == InputRejection.InvalidCustomField && rejection.Value is string text && DateText.IsOfOtherOrder(text);

    /// <summary>The date stands in a row, beside which there may be others that were read wrongly.</summary>
    private static InputRejectedException OfFile(InputRejectedException rejection) => new(
        rejection.Reason,
        rejection.Message.Replace(DateText.OtherOrderAdvice(isCell: false), DateText.OtherOrderAdvice()),
        rejection.Value);

    /// <summary>A label may hold the semicolon that separates labels.</summary>
    private static void SplitLabels(Hashtable columns)
    {
        foreach (var column in DictionaryEntries.Of(columns).ToArray())
        {
            if (column.Key is CopperCustomFieldDefinition { DataType: CustomFieldTypes.MultiSelect } definition
                && column.Value is string text
                && definition.Options.Any(static option => option.Name?.Contains(';') == true))
            {
                columns[column.Key] = CellItems.Of(text, definition.Options.Select(static option => option.Name));
            }
        }
    }

    /// <summary>Texts that a spreadsheet or a wrong encoding has spoilt are rejected, unless the record has them.</summary>
    private static void CheckTexts(FieldCollector<T> fields, Hashtable columns)
    {
        foreach (var column in DictionaryEntries.Of(columns).ToArray())
        {
            if (column.Key is not CopperCustomFieldDefinition definition || column.Value is not string text)
            {
                continue;
            }

            if (CellCheck.ProblemOfText(text, definition.DataType == CustomFieldTypes.LongText) is { } problem)
            {
                var rejection = RequestValueConverter.Reject($"The column {definition.Name}: {VisibleText.Of(problem)}", text);
                if (!fields.IsUpdate)
                {
                    throw rejection;
                }

                fields.RejectUnless(present => IsShown(present, definition.Id, text), rejection);
            }

            if (fields.IsUpdate && definition.DataType is CustomFieldTypes.ShortText or CustomFieldTypes.LongText)
            {
                fields.RejectLostZeros(
                    definition.Name ?? string.Empty,
                    text,
                    present => present is ICustomFieldRecord record
                        ? record.CustomFields.FirstOrDefault(field => field.DefinitionId == definition.Id)?.Value as string : null);
            }
        }
    }

    private static bool IsShown(T present, long id, object? cell) => present is ICustomFieldRecord record
        && record.CustomFields.FirstOrDefault(field => field.DefinitionId == id) is { IsEmpty: false } field
        && (Describe(field.DisplayValue) == Describe(cell) || Describe(field.Value) == Describe(cell));

    private static string Describe(object? value) => (value switch
    {
        DateTime day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        string text => text.Replace("\r\n", "\n").Trim(),
        IEnumerable list => string.Join("; ", list.Cast<object?>().Select(Describe)),
        _ => CellValue.Describe(value),
    }).Trim();

    /// <summary>The custom fields that were typed, and those that a row has columns for.</summary>
    private object[] ToWrite(FieldCollector<T> fields)
    {
        var (account, resolver) = (fields.Account, Resolver(fields));

        // A script may find nothing to put in: then there is nothing to write.
        var typed = fields.Run(input.CustomField, "CustomField") is { Count: > 0 } given
            ? account.Wait(token => resolver.ForWritingAsync(CustomFieldParameter.Plain(given), token))
            : [];
        if (fields.Row is not { } row)
        {
            return typed;
        }

        _columns ??= new CustomFieldColumns(fields.Entity.Name, typeof(T), parameters, account.Warn);
        if (_columns.Find(row, () => account.Wait(resolver.DefinitionsAsync)) is not { Count: > 0 } columns)
        {
            return typed;
        }

        SplitLabels(columns);
        CheckTexts(fields, columns);
        var ofRow = OfRow(fields, resolver, columns);
        var ids = new HashSet<object?>(typed.Cast<JsonBody>().Select(static item => item[CustomFieldResolver.IdMember]));
        return [.. typed, .. ofRow.Where(item => !ids.Contains(((JsonBody)item)[CustomFieldResolver.IdMember]))];
    }
}
