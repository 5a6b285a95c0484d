using System.Management.Automation;
using Copper.Client.Crm;
using Copper.Client.Crm.Models;
using Copper.Client.Json;
using CopperPS.Binding;

namespace CopperPS.Abstractions;

/// <summary>The fields that people, companies and leads have: phone numbers, profiles, websites, address.</summary>
/// <typeparam name="T">The model.</typeparam>
public abstract class WriteContactCmdlet<T> : WriteNamedRecordCmdlet<T>
    where T : class, ICopperRecord
{
    private protected WriteContactCmdlet()
    {
    }

    /// <summary>The phone numbers, all of them.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [PhoneNumberTransformation]
    [Field("phone_numbers")]
    public CopperPhoneNumber[]? PhoneNumber { get; set; }

    /// <summary>The social profiles, all of them.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SocialTransformation]
    [Field("socials")]
    public CopperSocial[]? Social { get; set; }

    /// <summary>The websites, all of them.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [WebsiteTransformation]
    [Field("websites")]
    public CopperWebsite[]? Website { get; set; }

    /// <summary>Street and number.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? Street { get; set; }

    /// <summary>The city.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? City { get; set; }

    /// <summary>The state or region.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? State { get; set; }

    /// <summary>The postal code.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? PostalCode { get; set; }

    /// <summary>The two-letter country code.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? Country { get; set; }

    /// <summary>The whole address.</summary>
    [Parameter]
    [AddressTransformation]
    public CopperAddress? Address { get; set; }

    /// <summary>A single part of the address is merged with the address that the record has; New has none.</summary>
    private protected virtual bool MergesAddress => false;

    private bool HasAddressPart => IsGiven(nameof(Street), Street) || IsGiven(nameof(City), City) || IsGiven(nameof(State), State) || IsGiven(nameof(PostalCode), PostalCode) || IsGiven(nameof(Country), Country);

    private protected override void AddFields(JsonBody fields)
    {
        base.AddFields(fields);
        if (IsGiven(nameof(Address), Address))
        {
            if (HasAddressPart)
            {
                throw WireValues.Refuse("-Address sets the whole address: -Street, -City, -State, -PostalCode and -Country cannot go with it.", Address);
            }

            fields["address"] = Address;
        }
        else if (HasAddressPart && !MergesAddress)
        {
            fields["address"] = WithParts(null);
        }
    }

    private protected override IEnumerable<string> ChangesOfPresent() =>
        MergesAddress && HasAddressPart ? base.ChangesOfPresent().Append("address") : base.ChangesOfPresent();

    private protected override void AddFieldsFromPresent(JsonBody fields, T present)
    {
        base.AddFieldsFromPresent(fields, present);
        if (MergesAddress && HasAddressPart)
        {
            // No source says whether the service merges a nested object, so the whole address is sent.
            fields["address"] = WithParts((present as IAddressedRecord)?.Address);
        }
    }

    private CopperAddress WithParts(CopperAddress? address)
    {
        return new CopperAddress
        {
            Street = Part(nameof(Street), Street, address?.Street),
            City = Part(nameof(City), City, address?.City),
            State = Part(nameof(State), State, address?.State),
            PostalCode = Part(nameof(PostalCode), PostalCode, address?.PostalCode),
            Country = Part(nameof(Country), Country, address?.Country),
        };

        string? Part(string parameter, string? value, string? present) => !IsGiven(parameter, value) ? present : string.IsNullOrEmpty(value) ? null : value;
    }
}
