using System.Collections;
using System.Management.Automation;
using Copper.Client.Metadata;
using Copper.Client.Models;

namespace CopperPS.Binding.CustomFields;

/// <summary>Frees what <c>-CustomField</c> and its relatives take of PowerShell's wrapping, as Copper.Client wants it.</summary>
internal static class CustomFieldParameter
{
    private const string DefinitionEntity = CopperEntityNames.CustomFieldDefinition;

    /// <summary>The fields of a hashtable: keys are names, ids or definitions, values are plain .NET objects.</summary>
    /// <exception cref="InputRejectedException">A key is a record of another kind.</exception>
    public static IDictionary Plain(IDictionary fields)
    {
        var plain = new Hashtable();
        foreach (var field in DictionaryEntries.Of(fields))
        {
            plain[Key(field.Key)] = Value(field.Value);
        }

        return plain;
    }

    /// <summary>The name, the id or the definition of a field.</summary>
    /// <exception cref="InputRejectedException">It is a record of another kind.</exception>
    public static object Key(object key)
    {
        var bare = CellValue.Bare(key) ?? string.Empty;
        if (bare is string or CopperCustomFieldDefinition)
        {
            return bare;
        }

        var reference = CopperReference.From(bare);
        if (reference.EntityType is not null && reference.EntityType != DefinitionEntity)
        {
            throw ReferenceRejections.EntityMismatch(reference, DefinitionEntity);
        }

        return reference.Name ?? (object?)reference.Id ?? reference.ToString();
    }

    /// <summary>A value without PowerShell's wrapping.</summary>
    public static object? Value(object? value) => CellValue.Bare(value) switch
    {
        SwitchParameter flag => flag.IsPresent,
        var bare => RequestValueConverter.Raw(bare),
    };
}
