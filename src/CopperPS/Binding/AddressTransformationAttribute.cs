using System.Collections;
using System.Management.Automation;
using Copper.Client.Models;

namespace CopperPS.Binding;

/// <summary>
/// Makes a <see cref="CopperAddress"/> of a hashtable with Street, City, State, PostalCode and Country, or of what a Get
/// returned.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class AddressTransformationAttribute : RowValueTransformationAttribute
{
    private protected override object? Read(object? inputData)
    {
        var value = CellValue.Bare(inputData);
        if (value is null or CopperAddress)
        {
            return value;
        }

        if (value is PSObject row && row.Properties.Any())
        {
            value = row.Properties
                .Where(static property => property.Name != nameof(CopperAddress.AdditionalMembers))
                .ToDictionary(static property => property.Name, static property => property.Value);
        }

        if (value is not IDictionary parts)
        {
            throw new ArgumentTransformationMetadataException(
                "An address is a hashtable, for example @{ Street = '1 Main St'; City = 'Paris'; PostalCode = '75001'; Country = 'FR' }.");
        }

        var address = new CopperAddress();
        foreach (var part in DictionaryEntries.Of(parts))
        {
            Set(address, part.Key?.ToString() ?? string.Empty, CellValue.Text(part.Value));
        }

        return address;
    }

    private static void Set(CopperAddress address, string part, string? value)
    {
        switch (part.Replace("_", string.Empty).ToUpperInvariant())
        {
            case "STREET":
                address.Street = value;
                break;
            case "CITY":
                address.City = value;
                break;
            case "STATE":
                address.State = value;
                break;
            case "POSTALCODE":
                address.PostalCode = value;
                break;
            case "COUNTRY":
                address.Country = value;
                break;
            default:
                throw new ArgumentTransformationMetadataException(
                    $"'{part}' is no part of an address. The parts are Street, City, State, PostalCode and Country.");
        }
    }
}
