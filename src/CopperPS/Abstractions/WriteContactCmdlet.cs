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
            fields["address"] = Parts()(null);
        }
    }

    private protected override IEnumerable<PresentChange<T>> ChangesOfPresent()
    {
        if (!MergesAddress || !HasAddressPart)
        {
            return base.ChangesOfPresent();
        }

        // No source says whether the service merges a nested object, so the whole address is sent.
        var withParts = Parts();
        return base.ChangesOfPresent().Append(new PresentChange<T>("address") { AddFields = (fields, present) => fields["address"] = withParts((present as IAddressedRecord)?.Address) });
    }

    /// <summary>Puts the parts that are given now into an address.</summary>
    private Func<CopperAddress?, CopperAddress> Parts()
    {
        var street = Part(nameof(Street), Street);
        var city = Part(nameof(City), City);
        var state = Part(nameof(State), State);
        var postalCode = Part(nameof(PostalCode), PostalCode);
        var country = Part(nameof(Country), Country);
        return address => new CopperAddress
        {
            Street = street(address?.Street),
            City = city(address?.City),
            State = state(address?.State),
            PostalCode = postalCode(address?.PostalCode),
            Country = country(address?.Country),
        };

        Func<string?, string?> Part(string parameter, string? value)
        {
            var given = IsGiven(parameter, value);
            return present => !given ? present : string.IsNullOrEmpty(value) ? null : value;
        }
    }
}
