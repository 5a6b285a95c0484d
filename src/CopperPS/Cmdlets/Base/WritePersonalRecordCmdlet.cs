using System.Management.Automation;
using Copper.Client.Entities;
using Copper.Client.Json;
using Copper.Client.Models;
using CopperPS.Binding;

namespace CopperPS.Cmdlets.Base;

/// <summary>The fields that people and leads have: the parts of their names.</summary>
/// <typeparam name="T">The model.</typeparam>
public abstract class WritePersonalRecordCmdlet<T> : WriteContactCmdlet<T>
    where T : class, IPersonalRecord
{
    private const string NameMember = "name";

    private static readonly string[] Parts = ["prefix", "first_name", "middle_name", "last_name", "suffix"];

    private protected WritePersonalRecordCmdlet()
    {
    }

    /// <summary>The part of the name before the first name, for example Dr.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [TextTransformation]
    [Field("prefix")]
    public string? Prefix { get; set; }

    /// <summary>The first name.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [TextTransformation]
    [Field("first_name")]
    public string? FirstName { get; set; }

    /// <summary>The middle name.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [TextTransformation]
    [Field("middle_name")]
    public string? MiddleName { get; set; }

    /// <summary>The last name.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [TextTransformation]
    [Field("last_name")]
    public string? LastName { get; set; }

    /// <summary>The part of the name after the last name, for example Jr.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [TextTransformation]
    [Field("suffix")]
    public string? Suffix { get; set; }

    /// <summary>A record is created, which must have a name.</summary>
    private protected virtual bool NeedsName => false;

    private protected override bool IsNamedByNameAlone => !HasNamePart;

    /// <summary>The parameters of the parts, as they stand now.</summary>
    private (string Parameter, string? Value)[] NameParts =>
    [
        (nameof(Prefix), Prefix), (nameof(FirstName), FirstName), (nameof(MiddleName), MiddleName), (nameof(LastName), LastName),
        (nameof(Suffix), Suffix),
    ];

    private bool HasNamePart => NameParts.Any(part => IsSpecified(part.Parameter, part.Value));

    /// <summary>-Name and every part of a name that is given were typed, so that all of them are meant.</summary>
    private bool IsWholeNameTyped =>
        WasTyped(nameof(Name)) && NameParts.All(part => WasTyped(part.Parameter) || !IsSpecified(part.Parameter, part.Value));

    private protected override void AddFields(JsonBody fields)
    {
        base.AddFields(fields);
        if (fields.Contains(NameMember) || Property.ContainsKey(NameMember))
        {
            return;
        }

        var name = GivenParts()(null);
        var isWhole = !string.IsNullOrWhiteSpace(name.First) && !string.IsNullOrWhiteSpace(name.Last);
        if (NeedsName && string.IsNullOrWhiteSpace(name.First) && string.IsNullOrWhiteSpace(name.Last))
        {
            throw RequestValueConverter.Reject($"A new {Endpoint.Entity} must have a name: give -Name, or -FirstName, -LastName or both.", null);
        }

        if (NeedsName || (isWhole && !MergesName))
        {
            fields[NameMember] = name.FullName;
        }
    }

    /// <summary>A single part is merged with the name that the record has.</summary>
    private protected virtual bool MergesName => MergesAddress;

    private protected override IEnumerable<ReadModifyWriteStep<T>> ReadModifyWriteSteps() =>
        !MergesName || !HasNamePart || Property.ContainsKey(NameMember) ? base.ReadModifyWriteSteps()
        : !IsSpecified(nameof(Name), Name) ? base.ReadModifyWriteSteps().Append(NameOfParts())
        : IsWholeNameTyped || GivenParts()(null).IsNamed(Name) ? base.ReadModifyWriteSteps()
        : base.ReadModifyWriteSteps().Append(NameOrParts());

    private protected override string Describe(IEnumerable<string> changes) => base.Describe(changes.Distinct());

    private protected override string? NewRecordSuffix()
    {
        var name = GivenParts()(null).FullName;
        return base.NewRecordSuffix() ?? (Input is not null && name.Length > 0 ? $"The {Endpoint.Entity} '{name}' was not written." : null);
    }

    /// <summary>No source says what the service makes of the full name when a part changes, so both are sent.</summary>
    private ReadModifyWriteStep<T> NameOfParts()
    {
        var withParts = GivenParts();
        return new ReadModifyWriteStep<T>(NameMember)
        {
            AddFields = (fields, present) =>
            {
                var name = withParts(PersonalName.Of(present)).FullName;
                fields[NameMember] = name.Length > 0 ? name : throw RequestValueConverter.Reject(
                    $"Nothing would be left of the name of {present.GetEntityType()} {present.Id}, which must have one: give -Name.", present);
            },
        };
    }

    /// <summary>
    /// A row that shows the full name and the parts, of which one was edited: what differs from the record is meant. When both
    /// differ, both are sent as they are.
    /// </summary>
    private ReadModifyWriteStep<T> NameOrParts()
    {
        var withParts = GivenParts();
        var given = Name;
        return new ReadModifyWriteStep<T>(NameMember)
        {
            AddFields = (fields, present) =>
            {
                var before = PersonalName.Of(present);
                var after = withParts(before);
                if (after == before)
                {
                    foreach (var part in Parts)
                    {
                        fields.Remove(part);
                    }
                }
                else if (string.Equals(given, present.Name, StringComparison.Ordinal))
                {
                    fields[NameMember] = after.FullName;
                }
            },
        };
    }

    /// <summary>Puts the parts that are given now into a name.</summary>
    private Func<PersonalName?, PersonalName> GivenParts()
    {
        var prefix = Part(nameof(Prefix), Prefix);
        var first = Part(nameof(FirstName), FirstName);
        var middle = Part(nameof(MiddleName), MiddleName);
        var last = Part(nameof(LastName), LastName);
        var suffix = Part(nameof(Suffix), Suffix);
        return name => new PersonalName(
            prefix(name?.Prefix), first(name?.First), middle(name?.Middle), last(name?.Last), suffix(name?.Suffix));

        Func<string?, string?> Part(string parameter, string? value)
        {
            var isGiven = IsSpecified(parameter, value);
            return present => !isGiven ? present : string.IsNullOrWhiteSpace(value) ? null : value!.Trim();
        }
    }
}
