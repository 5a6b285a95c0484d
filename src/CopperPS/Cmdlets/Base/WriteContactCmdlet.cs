using System.Management.Automation;
using Copper.Client.Json;
using Copper.Client.Models;
using Copper.Data.Columns;
using CopperPS.Binding;
using CopperPS.Core;

namespace CopperPS.Cmdlets.Base;

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
    [TextTransformation]
    public string? Street { get; set; }

    /// <summary>The city.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [TextTransformation]
    public string? City { get; set; }

    /// <summary>The state or region.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [TextTransformation]
    public string? State { get; set; }

    /// <summary>The postal code.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [TextTransformation]
    public string? PostalCode { get; set; }

    /// <summary>The two-letter country code.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [TextTransformation]
    public string? Country { get; set; }

    /// <summary>The whole address.</summary>
    [Parameter]
    [AddressTransformation]
    public CopperAddress? Address { get; set; }

    /// <summary>A single part of the address is merged with the address that the record has; New has none.</summary>
    private protected virtual bool MergesAddress => false;

    private bool HasAddressPart => IsSpecified(nameof(Street), Street) || IsSpecified(nameof(City), City) || IsSpecified(nameof(State), State) || IsSpecified(nameof(PostalCode), PostalCode) || IsSpecified(nameof(Country), Country);

    /// <summary>A row shows some of what a record has several of, and removes nothing that it does not show.</summary>
    private protected override bool IsChangeOfPresent(string parameter) => parameter switch
    {
        nameof(PhoneNumber) => IsUpdate && IsFromRow(parameter, PhoneNumber),
        nameof(Website) => IsUpdate && IsFromRow(parameter, Website),
        nameof(Social) => IsUpdate && IsFromRow(parameter, Social),
        _ => base.IsChangeOfPresent(parameter),
    };

    /// <summary>What the present row shows of something that a record has several of; null when the row shows nothing, or the parameter was typed.</summary>
    private protected ContactColumns<TPoint>? ColumnsOf<TPoint>(string parameter, string[] first, string all, TPoint[]? given, ContactPointTransformationAttribute<TPoint> reader)
        where TPoint : CopperContactPoint =>
        Row is null || WasTyped(parameter) ? null : ContactColumns<TPoint>.Of(Row, first, all, IsSpecified(parameter, given) ? given : null, reader);

    private ContactColumns<CopperPhoneNumber>? PhoneColumns => ColumnsOf(nameof(PhoneNumber), ["PhoneNumber", "Phone"], "PhoneNumbers", PhoneNumber, new PhoneNumberTransformationAttribute());

    private ContactColumns<CopperWebsite>? WebsiteColumns => ColumnsOf(nameof(Website), ["Website"], "Websites", Website, new WebsiteTransformationAttribute());

    private ContactColumns<CopperSocial>? SocialColumns => ColumnsOf(nameof(Social), ["Social"], "Socials", Social, new SocialTransformationAttribute());

    /// <summary>Writes a merged list, when it is another than the record has.</summary>
    private protected static ReadModifyWriteStep<T> Merged<TPoint>(string field, ContactColumns<TPoint> columns, Func<T, IReadOnlyList<TPoint>> read, Func<TPoint, string?, TPoint> withCategory)
        where TPoint : CopperContactPoint => new(field)
        {
            AddFields = (fields, present) =>
            {
                if (columns.Merge(read(present), withCategory) is { } merged)
                {
                    fields[field] = merged;
                }
            },
        };

    private IEnumerable<ReadModifyWriteStep<T>> ContactChanges()
    {
        if (PhoneColumns is { } phones)
        {
            yield return Merged("phone_numbers", phones, static present => ((IContactRecord)present).PhoneNumbers, static (point, category) => new CopperPhoneNumber { Number = point.Number, Category = category });
        }

        if (SocialColumns is { } socials)
        {
            yield return Merged("socials", socials, static present => ((IContactRecord)present).Socials, static (point, category) => new CopperSocial { Url = point.Url, Category = category });
        }

        if (WebsiteColumns is { } websites)
        {
            yield return Merged("websites", websites, static present => ((IContactRecord)present).Websites, static (point, category) => new CopperWebsite { Url = point.Url, Category = category });
        }
    }

    private void AddContacts(JsonBody fields)
    {
        if (PhoneColumns is { } phones)
        {
            fields["phone_numbers"] = phones.ToNew();
        }

        if (SocialColumns is { } socials)
        {
            fields["socials"] = socials.ToNew();
        }

        if (WebsiteColumns is { } websites)
        {
            fields["websites"] = websites.ToNew();
        }
    }

    /// <summary>
    /// The address in a row: parts, or the one text that a record shows. The text cannot be taken apart, so it may only be what the
    /// record has.
    /// </summary>
    private object? AddressOfRow() => HasAddressPart || WasTyped(nameof(Address)) ? null : Row?[nameof(Address)] switch
    {
        null => null,
        string text => text,
        var parts => ReadAddress(parts),
    };

    private static CopperAddress ReadAddress(object parts)
    {
        try
        {
            return (CopperAddress)new AddressTransformationAttribute().Transform(null!, parts)!;
        }
        catch (ArgumentTransformationMetadataException exception)
        {
            throw RequestValueConverter.Reject(exception.Message, parts);
        }
    }

    private static InputRejectedException WholeAddress(string text) => RequestValueConverter.Reject(
        $"The address '{text}' is one text, which cannot be taken apart. Give the columns Street, City, State, PostalCode and Country, as ConvertTo-CopperFlatRecord writes them.", text);

    private protected override void AddFields(JsonBody fields)
    {
        base.AddFields(fields);
        if (Row is not null && !IsUpdate)
        {
            AddContacts(fields);
        }

        switch (AddressOfRow())
        {
            case CopperAddress address:
                fields["address"] = address;
                break;
            case string text when !IsUpdate:
                throw WholeAddress(text);
        }

        if (IsSpecified(nameof(Address), Address))
        {
            if (HasAddressPart)
            {
                throw RequestValueConverter.Reject("-Address sets the whole address: -Street, -City, -State, -PostalCode and -Country cannot go with it.", Address);
            }

            fields["address"] = Address;
        }
        else if (HasAddressPart && !MergesAddress)
        {
            fields["address"] = Parts()(null);
        }
    }

    private protected override IEnumerable<ReadModifyWriteStep<T>> ReadModifyWriteSteps()
    {
        var changes = base.ReadModifyWriteSteps().Concat(ContactChanges());
        if (AddressOfRow() is string text)
        {
            changes = changes.Append(new ReadModifyWriteStep<T>(string.Empty)
            {
                AddFields = (_, present) =>
                {
                    if ((present as IAddressedRecord)?.Address?.ToString() != text)
                    {
                        throw WholeAddress(text);
                    }
                },
            });
        }

        if (!MergesAddress || !HasAddressPart)
        {
            return changes;
        }

        // No source says whether the service merges a nested object, so the whole address is sent.
        var withParts = Parts();
        return changes.Append(new ReadModifyWriteStep<T>("address") { AddFields = (fields, present) => fields["address"] = withParts((present as IAddressedRecord)?.Address) });
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
            var given = IsSpecified(parameter, value);
            var restored = IsFromRow(parameter, value) ? (string)SpreadsheetText.Restore(value!) : value;
            return present => !given ? present : string.IsNullOrEmpty(restored) ? null : restored;
        }
    }
}
