using Copper.Client;
using Copper.Client.Models;
using CopperPS.Binding;
using CopperPS.Core;

namespace CopperPS.Cmdlets.Base;

/// <summary>
/// Collects a name that is given as a whole, in parts, or both. A single part is merged with the name that the record has.
/// </summary>
/// <typeparam name="T">The model.</typeparam>
/// <param name="input">The parameters.</param>
/// <param name="fields">Where fields and steps are added.</param>
internal sealed class PersonalNameFields<T>(IPersonalNameInput input, FieldCollector<T> fields)
    where T : class, IPersonalRecord
{
    private const string NameMember = "name";

    private static readonly string[] Parts = ["prefix", "first_name", "middle_name", "last_name", "suffix"];

    private bool HasPart => NameParts.Any(part => fields.IsSpecified(part.Parameter, part.Value));

    /// <summary>The parameters of the parts, as they stand now.</summary>
    private (string Parameter, string? Value)[] NameParts =>
    [
        (nameof(input.Prefix), input.Prefix), (nameof(input.FirstName), input.FirstName), (nameof(input.MiddleName), input.MiddleName),
        (nameof(input.LastName), input.LastName), (nameof(input.Suffix), input.Suffix),
    ];

    /// <summary>-Name and every part of a name that is given were typed, so that all of them are meant.</summary>
    private bool IsWholeNameTyped =>
        fields.WasTyped(nameof(input.Name)) && NameParts.All(part => fields.WasTyped(part.Parameter)
            || !fields.IsSpecified(part.Parameter, part.Value));

    /// <summary>Adds the fields and steps of the current item.</summary>
    public void Collect()
    {
        if (!fields.IsGiven(NameMember))
        {
            AddNewName();
        }

        if (!fields.IsUpdate && fields.IsFromRow(nameof(input.Name), input.Name) && Contradiction() is { } problem)
        {
            throw RequestValueConverter.Reject(problem, input.Name);
        }

        if (!fields.IsUpdate || !HasPart || fields.Property.ContainsKey(NameMember))
        {
            return;
        }

        if (!fields.IsSpecified(nameof(input.Name), input.Name))
        {
            fields.Steps.Add(NameOfParts());
        }
        else if (!IsWholeNameTyped && !GivenParts()(null).IsNamed(input.Name))
        {
            fields.Steps.Add(NameOrParts());
        }
    }

    private void AddNewName()
    {
        var name = GivenParts()(null);
        var isNew = fields.Kind == WriteKind.Create;
        var isWhole = !string.IsNullOrWhiteSpace(name.First) && !string.IsNullOrWhiteSpace(name.Last);
        if (isNew && string.IsNullOrWhiteSpace(name.First) && string.IsNullOrWhiteSpace(name.Last))
        {
            throw RequestValueConverter.Reject(
                $"A new {fields.Entity} must have a name: give -Name, or -FirstName, -LastName or both."
                    + (fields.Row is null
                        ? $" For example: New-Copper{EntityWords.ToNoun(fields.Entity.Name)} 'Ada Lovelace'"
                        : string.Empty),
                null);
        }

        if (isNew || (isWhole && !fields.IsUpdate))
        {
            fields.Fields[NameMember] = name.FullName;
        }
    }

    /// <summary>No source says how the service changes the full name when a part changes, so both are sent.</summary>
    private ReadModifyWriteStep<T> NameOfParts()
    {
        var withParts = GivenParts();
        return new ReadModifyWriteStep<T>(NameMember)
        {
            AddFields = (body, present) =>
            {
                var name = withParts(PersonalName.Of(present)).FullName;
                body[NameMember] = name.Length > 0 ? name : throw RequestValueConverter.Reject(
                    $"Nothing would be left of the name of {present.GetEntityType()} {present.Id}, which must have one: give "
                        + "-Name.", present);
            },
        };
    }

    /// <summary>
    /// A row that shows the full name and the parts, of which one was edited: what differs from the record is meant. When both
    /// differ, both are sent as they are, unless they contradict each other.
    /// </summary>
    private ReadModifyWriteStep<T> NameOrParts()
    {
        var withParts = GivenParts();
        var given = input.Name;
        var problem = fields.IsFromRow(nameof(input.Name), given) ? Contradiction() : null;
        return new ReadModifyWriteStep<T>(NameMember)
        {
            AddFields = (body, present) =>
            {
                var before = PersonalName.Of(present);
                var after = withParts(before);
                if (after == before)
                {
                    foreach (var part in Parts)
                    {
                        body.Remove(part);
                    }
                }
                else if (string.Equals(given, present.Name, StringComparison.Ordinal))
                {
                    body[NameMember] = after.FullName;
                }
                else if (problem is not null)
                {
                    throw RequestValueConverter.Reject(problem, given);
                }
            },
        };
    }

    /// <summary>What is wrong with a row whose full name lacks a part of the name that the row has too; null when nothing is.</summary>
    private string? Contradiction()
    {
        var (name, text) = (input.Name, Squeezed(input.Name));
        var stray = NameParts.FirstOrDefault(part => fields.IsFromRow(part.Parameter, part.Value)
            && text.IndexOf(Squeezed(part.Value), StringComparison.OrdinalIgnoreCase) < 0);
        return stray.Parameter is null
            ? null
            : $"The columns Name and {stray.Parameter} contradict each other: '{name}' does not contain '{stray.Value}'. Nothing was sent. "
                + "Correct one of them, or remove it from the row.";

        static string Squeezed(string? value) =>
            string.Join(" ", (value ?? string.Empty).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>Puts the parts that are given now into a name.</summary>
    private Func<PersonalName?, PersonalName> GivenParts()
    {
        var prefix = Part(nameof(input.Prefix), input.Prefix);
        var first = Part(nameof(input.FirstName), input.FirstName);
        var middle = Part(nameof(input.MiddleName), input.MiddleName);
        var last = Part(nameof(input.LastName), input.LastName);
        var suffix = Part(nameof(input.Suffix), input.Suffix);
        return name => new PersonalName(
            prefix(name?.Prefix), first(name?.First), middle(name?.Middle), last(name?.Last), suffix(name?.Suffix));

        Func<string?, string?> Part(string parameter, string? value)
        {
            var isGiven = fields.IsSpecified(parameter, value);
            return present => !isGiven ? present : string.IsNullOrWhiteSpace(value) ? null : value!.Trim();
        }
    }
}
