using System.Collections;
using System.Management.Automation;
using Copper.Client;
using Copper.Client.CustomFields;
using Copper.Client.Models;
using CopperPS.Binding;
using CopperPS.Binding.Completers;
using CopperPS.Cmdlets.Base;
using CopperPS.Core;

namespace CopperPS.Cmdlets.Metadata;

/// <summary>Changes custom fields and their choices.</summary>
/// <remarks>
/// The service takes the choices of a field as one list and gives a fresh id to each that comes without one, which would
/// lose it in every record. So the field is read first, and choices that stay go out with the ids that they have.
/// </remarks>
[Cmdlet(VerbsCommon.Set, "CopperCustomFieldDefinition", SupportsShouldProcess = true)]
[OutputType(typeof(CopperCustomFieldDefinition))]
public sealed class SetCopperCustomFieldDefinitionCommand : CustomFieldDefinitionWriteCmdlet, IRecordUpdate
{
    private const string OptionsMember = "options";

    /// <summary>The fields to change: ids, names, or anything that has an id.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ReferenceTransformation]
    [ArgumentCompleter(typeof(ListedNameCompleter))]
    public CopperReference?[] Id { get; set; } = [];

    /// <summary>Choices to add at the end.</summary>
    [Parameter]
    [TextListTransformation]
    [ValidateNotNullOrEmpty]
    public string[]? AddOption { get; set; }

    /// <summary>Choices to take away. Records that hold them lose them.</summary>
    [Parameter]
    [TextListTransformation]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(CustomFieldOptionCompleter))]
    public string[]? RemoveOption { get; set; }

    /// <summary>Choices that get another name, as @{ Old = 'New' }.</summary>
    [Parameter]
    [HashtableTransformation]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(CustomFieldOptionCompleter))]
    public Hashtable? RenameOption { get; set; }

    /// <summary>Output the field as changed.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override void Collect(FieldCollector<CopperCustomFieldDefinition> fields)
    {
        base.Collect(fields);
        var isWholeList = fields.IsSpecified(nameof(Option), Option);
        var isEdit = AddOption is not null || RemoveOption is not null || RenameOption is not null;
        if (isWholeList && isEdit)
        {
            throw RequestValueConverter.Reject("-Option sets the whole list: -AddOption, -RemoveOption and -RenameOption cannot go "
                + "with it.", Option);
        }

        if (isWholeList || isEdit)
        {
            if (isWholeList)
            {
                fields.Description.Note(OptionsMember, "Choices", Option);
            }
            else
            {
                fields.Description.NoteAction(OptionsMember, string.Join(", ", DescribeEdit()));
            }

            var all = isWholeList ? Option : null;
            var type = KnownDataType(fields);
            fields.Steps.Add(new ReadModifyWriteStep<CopperCustomFieldDefinition>(OptionsMember)
            {
                AddFields = (body, present) => ChangeOptions(body, present, all, type),
            });
        }
    }

    /// <summary>What happens to the choices, in the words of -WhatIf and -Confirm.</summary>
    private IEnumerable<string> DescribeEdit()
    {
        foreach (var (verb, names) in new[] { ("add", AddOption), ("remove", RemoveOption) })
        {
            if (names is { Length: > 0 })
            {
                yield return $"{verb} {(names.Length == 1 ? "choice" : "choices")} {string.Join(", ", names.Select(Quoted))}";
            }
        }

        foreach (DictionaryEntry entry in RenameOption ?? [])
        {
            yield return $"rename choice {Quoted(entry.Key.ToString())} to {Quoted(entry.Value?.ToString())}";
        }

        static string Quoted(string? name) => $"'{VisibleText.Of(name?.Trim() ?? string.Empty)}'";
    }

    private void ChangeOptions(JsonBody fields, CopperCustomFieldDefinition present, string[]? all, string? type)
    {
        var wanted = all is not null
            ? all.Select(name => (present.Options.FirstOrDefault(option => IsNamed(option, name))?.Id, Name: (string?)name.Trim())).ToList()
            : Changed(present);
        CheckOptions(type ?? present.DataType, wanted.Select(static option => option.Name).ToArray());
        fields[OptionsMember] = wanted
            .Select(static option => option.Id is { } id
                ? new JsonBody { ["id"] = id, ["name"] = option.Name }
                : new JsonBody { ["name"] = option.Name })
            .ToArray();
    }

    private static bool IsNamed(CopperCustomFieldOption option, string? name) =>
        string.Equals(option.Name, name?.Trim(), StringComparison.OrdinalIgnoreCase);

    private List<(long? Id, string? Name)> Changed(CopperCustomFieldDefinition present)
    {
        foreach (var name in (RemoveOption ?? []).Concat(RenameOption?.Keys.Cast<object>().Select(static key => key.ToString()!) ?? []))
        {
            if (!present.Options.Any(option => IsNamed(option, name)))
            {
                throw CustomFieldRejections.UnknownOption(present, name);
            }
        }

        var renamed = RenameOption?.Cast<DictionaryEntry>()
            .ToDictionary(
                static entry => entry.Key.ToString()!.Trim(),
                static entry => entry.Value?.ToString()?.Trim(),
                StringComparer.OrdinalIgnoreCase);
        return present.Options
            .OrderBy(static option => option.Rank ?? long.MaxValue)
            .Where(option => RemoveOption?.Any(name => IsNamed(option, name)) != true)
            .Select(option => ((long?)option.Id, renamed is not null && option.Name is not null
                && renamed.TryGetValue(option.Name, out var name) ? name : option.Name))
            .Concat((AddOption ?? [])
                .Where(name => !present.Options.Any(option => IsNamed(option, name)))
                .Select(static name => ((long?)null, (string?)name.Trim())))
            .ToList();
    }
}
