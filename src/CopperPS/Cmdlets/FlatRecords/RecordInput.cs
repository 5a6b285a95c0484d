using System.Collections;
using System.Globalization;
using System.Management.Automation;
using Copper.Client;
using Copper.Client.Models;
using CopperPS.Core;

namespace CopperPS.Cmdlets.FlatRecords;

/// <summary>
/// Takes records out of what came down the pipeline: as a Get put them out, or as they came back from a job or a file, where
/// they kept their members but lost their type.
/// </summary>
internal static class RecordInput
{
    private const string Past = "Deserialized.Copper.Client.Models.Copper";

    /// <summary>The record; null when it is none.</summary>
    public static ICopperRecord? From(PSObject? item)
    {
        if (item?.BaseObject is ICopperRecord record)
        {
            return record;
        }

        var name = item?.TypeNames.FirstOrDefault(static name => name.StartsWith(Past, StringComparison.Ordinal))?.Substring(Past.Length);
        var entity = name is null ? null : CopperEntities.Searchable.FirstOrDefault(entity => EntityWords.ToNoun(entity.Name) == name);
        try
        {
            return entity?.Read(Members(item!));
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static JsonBody Members(PSObject item)
    {
        // A lead has one address; the property of that name is built from the list.
        var isLead = item.TypeNames[0] == Past + "Lead";
        var members = new JsonBody();
        foreach (var property in item.Properties.Where(static property => property.Name != "AdditionalMembers"))
        {
            if (property.Name == "Email" && item.Properties["Emails"] is not null)
            {
                continue;
            }

            var name = property.Name switch
            {
                "DefinitionId" => "custom_field_definition_id",
                "Emails" when isLead => "email",
                var other => SnakeCase(other),
            };
            members[name] = Value(property.Value);
        }

        return members;
    }

    private static object? Value(object? value) => value switch
    {
        PSObject past when past.TypeNames[0] == "Deserialized.System.DateTimeOffset" =>
            past.Properties["UtcDateTime"]?.Value is DateTime time
            ? new DateTimeOffset(DateTime.SpecifyKind(time, DateTimeKind.Utc))
            : null,
        PSObject { BaseObject: PSCustomObject } past => Members(past),
        PSObject wrapped => Value(wrapped.BaseObject),
        DateTime day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        string => value,
        IDictionary members => DictionaryOf(members),
        IEnumerable list => list.Cast<object?>().Select(Value).ToArray(),
        _ => value,
    };

    private static JsonBody DictionaryOf(IDictionary dictionary)
    {
        var members = new JsonBody();
        foreach (var entry in Binding.DictionaryEntries.Of(dictionary))
        {
            members[Convert.ToString(entry.Key, CultureInfo.InvariantCulture)!] = Value(entry.Value);
        }

        return members;
    }

    private static string SnakeCase(string name) =>
        string.Concat(name.Select(static (letter, place) =>
            char.IsUpper(letter)
                ? (place > 0 ? "_" : string.Empty) + char.ToLowerInvariant(letter)
                : letter.ToString()));
}
