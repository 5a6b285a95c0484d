using System.Collections;
using System.Globalization;
using Copper.Client;
using Copper.Client.CustomFields;
using Copper.Client.Metadata;
using Copper.Client.Models;
using Copper.Client.Relations;
using CopperPS.Binding;
using CopperPS.Core;

namespace CopperPS.Cmdlets.Base;

/// <summary>
/// What a change writes, in the words of -WhatIf and -Confirm: Assignee to 'Jonas Weber', or Assignee: 'Dana Demo' -> 'Jonas Weber' where
/// the record as it stands is known.
/// </summary>
/// <param name="client">Whose account it is.</param>
/// <param name="related">The names of the records that were given.</param>
/// <param name="itemsOf">The items of a list by which ids have names; null where nobody looks at the description.</param>
internal sealed class ChangeDescription(
    CopperClient client, RelatedNames related, Func<AccountList, IReadOnlyList<AccountItem>?>? itemsOf = null)
{
    private const int LongestValue = 60;
    private const string NewValue = "a new value";
    private const string CustomFields = "custom_fields";

    /// <summary>The lists that a value replaces as a whole, and what stands in them.</summary>
    private static readonly Dictionary<string, string> Lists = new()
    {
        ["emails"] = "addresses",
        ["phone_numbers"] = "numbers",
        ["socials"] = "profiles",
        ["websites"] = "websites",
        ["tags"] = "tags",
    };

    private readonly Dictionary<string, (string Label, object? Given, string? Entity)> _given = [];
    private readonly Dictionary<string, string> _notes = [];
    private readonly Dictionary<string, string> _actions = [];
    private ICopperRecord? _present;

    /// <summary>A field was given by a parameter or a column.</summary>
    public void Note(string field, string label, object? given, string? entity = null) => _given[field] = (label, given, entity);

    /// <summary>A field is described by this text instead of its value.</summary>
    public void NoteText(string field, string text) => _notes[field] = text;

    /// <summary>Of an address, only the parts that change are shown.</summary>
    public void NoteAddress(string field, CopperAddress written, CopperAddress? present) => NoteText(
        field,
        string.Join(", ", RecordDifferences.PartsThatDiffer(written, present)
            .Select(part => FromTo(
                part,
                Show(present is null ? null : RecordProperties.ValueOf(present, part)),
                Show(RecordProperties.ValueOf(written, part))))));

    /// <summary>A field is changed in a way that has a verb of its own: add tag 'x'.</summary>
    public void NoteAction(string field, string action) => _actions[field] = action;

    /// <summary>
    /// The record as it stands is known: a value shows what it replaces, and so does a list. One address of two is lost easily, and for
    /// good.
    /// </summary>
    public void NotePresent(ICopperRecord present) => _present = present;

    /// <summary>What an update does, for example Set Title to 'CEO', Details to nothing.</summary>
    /// <param name="fields">The fields, as far as they are known.</param>
    /// <param name="steps">The fields that are known only when the record has been read.</param>
    public string OfUpdate(JsonBody fields, IEnumerable<string> steps)
    {
        var names = fields.Names.Concat(steps.Where(step => step.Length > 0 && !fields.Contains(step)).Distinct()).ToArray();
        var sets = names
            .Where(name => !_actions.ContainsKey(name))
            .SelectMany(name => fields.Contains(name) ? Describe(name, fields[name], " to ") : [DescribeStep(name)])
            .ToArray();
        var actions = names.Where(_actions.ContainsKey).Select(name => _actions[name]);
        var text = string.Join(", ", (sets.Length == 0 ? [] : new[] { "set " + string.Join(", ", sets) }).Concat(actions));
        return text.Length == 0 ? "Set" : char.ToUpperInvariant(text[0]) + text.Substring(1);
    }

    /// <summary>What is said of an update that sets what the record has already.</summary>
    /// <param name="names">The fields that were to be set.</param>
    /// <param name="fields">Their values.</param>
    public string OfNothing(IEnumerable<string> names, JsonBody fields)
    {
        var labels = names
            .Where(static name => name.Length > 0)
            .SelectMany(name => _actions.ContainsKey(name) ? [RecordDifferences.PropertyOf(name)]
                : LabelsOf(name, fields.Contains(name) ? fields[name] : null))
            .Distinct()
            .ToArray();
        return labels.Length == 0 ? "Set nothing"
            : $"Set nothing: {string.Join(", ", labels)} {(labels.Length == 1 ? "has this value" : "have these values")} already";
    }

    /// <summary>What an update sets, where members are called as the user knows them.</summary>
    /// <param name="fields">The members.</param>
    /// <param name="label">The user's name of a member.</param>
    public static string OfUpdate(JsonBody fields, Func<string, string> label) => "Set " + Values(fields, label, " to ");

    /// <summary>The members of a new record, called as the user knows them.</summary>
    /// <inheritdoc cref="OfUpdate(JsonBody, Func{string, string})"/>
    public static string OfNew(JsonBody fields, Func<string, string> label) => "Create with " + Values(fields, label, " ");

    private static string Values(JsonBody fields, Func<string, string> label, string link) => string.Join(", ", fields.Names.Select(name =>
        $"{label(name)}{link}{(CopperSecretMap.IsSecretName(name) ? NewValue : Quoted(Text(fields[name], null)))}"));

    /// <summary>The fields of a new record: Create with Name 'Ann', Title 'CEO'.</summary>
    public string OfNew(JsonBody fields) => "Create with " + ValuesOf(fields);

    /// <summary>Fields and their values: Name 'Ann', Title 'CEO'.</summary>
    public string ValuesOf(JsonBody fields) => string.Join(", ", fields.Names.SelectMany(name => Describe(name, fields[name], " ")));

    /// <summary>What a field is called, without its value; a field for each custom field; nothing for a change that was typed.</summary>
    /// <param name="field">The field.</param>
    /// <param name="value">What it is set to.</param>
    public IEnumerable<string> LabelsOf(string field, object? value) => _actions.ContainsKey(field) ? []
        : field == CustomFields && value is IEnumerable<object> items
            ? items.OfType<JsonBody>().Select(NameOfCustomField)
            : [_given.TryGetValue(field, out var known) ? known.Label : PropertyOf(field)];

    private IEnumerable<string> Describe(string field, object? value, string link)
    {
        if (_notes.TryGetValue(field, out var text))
        {
            return [text];
        }

        if (field == CustomFields && value is IEnumerable<object> items)
        {
            return items.OfType<JsonBody>().Select(item => DescribeCustomField(item, link, isUpdate: link != " "));
        }

        var (label, given, entity) = _given.TryGetValue(field, out var known) ? known : (RecordDifferences.PropertyOf(field), value, null);
        if (CopperSecretMap.IsSecretName(field))
        {
            return [$"{label}{link}{NewValue}"];
        }

        var shown = Show(given is CopperReference reference ? NameOf(reference, entity, value) : given);
        var showsFormer = _present is not null && !Lists.ContainsKey(field)
            && RecordProperties.Find(_present.GetType(), PropertyOf(field)) is not null;
        return [showsFormer ? FromTo(label, Former(field, label, entity), shown) : $"{label}{link}{shown}{Replaced(field, value)}"];
    }

    /// <summary>The same form in which a plan shows a change.</summary>
    private static string FromTo(string label, string before, string after) => $"{label}: {before} -> {after}";

    /// <summary>What the record has in a field: a name where it shows an id.</summary>
    private string Former(string field, string label, string? entity)
    {
        var value = RecordProperties.ValueOf(_present!, PropertyOf(field));
        if (entity is null || value is not long id)
        {
            return Show(value is DateTimeOffset time ? time.ToLocalTime() : value);
        }

        // The record itself has the name where it was read with its names.
        var name = RecordProperties.ValueOf(_present!, label)
            ?? (entity == CopperEntityNames.Company ? RecordProperties.ValueOf(_present!, nameof(CopperPerson.CompanyName)) : null);
        return Show(name as string ?? ListedName(entity, id) ?? related.NameOf(entity, id) ?? (object)id);
    }

    private static string PropertyOf(string field) => RecordDifferences.PropertyOf(field);

    /// <summary>What the list loses, for example (instead of 2 addresses); nothing where that is not known, or nothing is lost.</summary>
    private string Replaced(string field, object? value)
    {
        if (_present is null || !Lists.TryGetValue(field, out var words)
            || RecordProperties.ValueOf(_present, RecordDifferences.PropertyOf(field)) is not IEnumerable present)
        {
            return string.Empty;
        }

        var kept = new HashSet<string>(
            value is IEnumerable list and not string ? list.Cast<object?>().Select(static item => item?.ToString() ?? string.Empty) : [],
            StringComparer.OrdinalIgnoreCase);
        var had = present.Cast<object?>().Select(static item => item?.ToString() ?? string.Empty).ToArray();
        var lost = had.Where(item => !kept.Contains(item)).ToArray();
        return lost.Length == 0 ? string.Empty
            : lost.Length < had.Length ? $" (without {string.Join("; ", lost.Select(static item => Quoted(VisibleText.Of(item))))})"
            : had.Length == 1 ? $" (instead of {Quoted(VisibleText.Of(lost[0]))})"
            : string.Format(CultureInfo.InvariantCulture, " (instead of {0} {1})", had.Length, words);
    }

    private string DescribeStep(string step) => _notes.TryGetValue(step, out var text) ? text
        : _given.TryGetValue(step, out var known)
            ? $"{known.Label} to {Show(known.Given is CopperReference reference ? NameOf(reference, known.Entity, null) : known.Given)}"
        : RecordDifferences.PropertyOf(step);

    /// <summary>The name behind a reference: as it was given, as the record has it, or as the account's list has it.</summary>
    private object? NameOf(CopperReference reference, string? entity, object? value)
    {
        if (reference.Source is ICopperRecord record)
        {
            return record.ToString();
        }

        if (!string.IsNullOrEmpty(reference.Name) && !string.Equals(reference.Name, "me", StringComparison.OrdinalIgnoreCase))
        {
            return reference.Name;
        }

        var id = value as long? ?? reference.Id;
        return ListedName(entity, id) ?? id ?? (object?)reference.Name;
    }

    private string? ListedName(string? entity, long? id) => AccountList.Find(client.Metadata, entity) is { } list
        && itemsOf?.Invoke(list)?.FirstOrDefault(item => item.Id == id) is { Name.Length: > 0 } item
        ? item.Name
        : null;

    private CopperCustomFieldDefinition? DefinitionOf(JsonBody item) =>
        client.Metadata.CustomFieldDefinitions.Peek()?.FirstOrDefault(field => field.Id == IdOfCustomField(item));

    private static long IdOfCustomField(JsonBody item) =>
        Convert.ToInt64(item[CustomFieldResolver.IdMember], CultureInfo.InvariantCulture);

    private string NameOfCustomField(JsonBody item) => DefinitionOf(item)?.Name ?? $"custom field {IdOfCustomField(item)}";

    private string DescribeCustomField(JsonBody item, string link, bool isUpdate)
    {
        var definition = DefinitionOf(item);
        var shown = Show(definition is null ? item["value"] : Value(definition, item["value"]));
        return isUpdate && _present is ICustomFieldRecord record
            ? FromTo(
                NameOfCustomField(item),
                Show(record.CustomFields.FirstOrDefault(field => field.DefinitionId == IdOfCustomField(item)) is { IsEmpty: false } field
                    ? field.DisplayValue : null),
                shown)
            : $"{NameOfCustomField(item)}{link}{shown}";
    }

    private static object? Value(CopperCustomFieldDefinition definition, object? value) => value switch
    {
        long[] options => options.Select(option => Option(definition, option)).ToArray(),
        long seconds when definition.DataType == CustomFieldTypes.Date =>
            DateTimeOffset.FromUnixTimeSeconds(seconds).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        string text when definition.DataType == CustomFieldTypes.Date && DateTime.TryParseExact(
            text, "MM/dd/yyyy", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) =>
            day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        long option when definition.DataType == CustomFieldTypes.Dropdown => Option(definition, option),
        _ => value,
    };

    private static string Option(CopperCustomFieldDefinition definition, long id) =>
        definition.Options.FirstOrDefault(option => option.Id == id)?.Name ?? id.ToString(CultureInfo.InvariantCulture);

    private string Show(object? value) => Quoted(Text(value, related.NameOf));

    private static string Quoted(string text) => text.Length == 0 ? "nothing"
        : $"'{(text.Length > LongestValue ? text.Substring(0, LongestValue - 1) + "…" : text)}'";

    private static string Text(object? value, Func<string?, long, string?>? nameOf) => value switch
    {
        null => string.Empty,
        string text => VisibleText.Of(text),
        DateTimeOffset time => time.ToString(
            time.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
        DateTime day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        JsonBody body when body.Contains("type") && body["type"] is string type && body["id"] is long id =>
            nameOf?.Invoke(type, id) is { } name ? $"{type} {id} ({VisibleText.Of(name)})" : $"{type} {id}",
        CopperSecretMap => NewValue,
        CopperAddress or CopperContactPoint => value.ToString() ?? string.Empty,
        JsonBody body => Members(body.Names.Select(member => (member, body[member])), nameOf),
        IDictionary members => Members(
            DictionaryEntries.Of(members).Select(static entry => (Text(entry.Key, null), (object?)entry.Value)), nameOf),
        IEnumerable list => string.Join("; ", list.Cast<object?>().Select(item => Text(item, nameOf))),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? string.Empty,
    };

    /// <summary>Members and their values: street High Street 1, city Leeds. Those that are called like a secret show no value.</summary>
    private static string Members(IEnumerable<(string Name, object? Value)> members, Func<string?, long, string?>? nameOf) =>
        string.Join(", ", members.Select(member =>
            $"{member.Name} {(CopperSecretMap.IsSecretName(member.Name) ? NewValue : Text(member.Value, nameOf))}"));
}
