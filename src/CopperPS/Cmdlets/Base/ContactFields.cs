using System.Management.Automation;
using Copper.Client.Metadata;
using Copper.Client.Models;
using Copper.Data.Columns;
using CopperPS.Binding;
using CopperPS.Binding.Completers;
using CopperPS.Core;

namespace CopperPS.Cmdlets.Base;

/// <summary>
/// Collects what people, companies and leads have: phone numbers, profiles, websites, and the address. A row shows some of what a record
/// has several of, and removes nothing that it does not show.
/// </summary>
/// <typeparam name="T">The model.</typeparam>
/// <param name="input">The parameters.</param>
/// <param name="fields">Where fields and steps are added.</param>
internal sealed class ContactFields<T>(WriteContactCmdlet<T> input, FieldCollector<T> fields)
    where T : class, ICopperRecord
{
    private const string AddressMember = "address";

    /// <summary>Adds the fields and steps of the current item.</summary>
    public void Collect()
    {
        Add(
            "phone_numbers",
            ColumnsOf(
                nameof(input.PhoneNumber),
                ["PhoneNumber", "Phone"],
                "PhoneNumbers",
                input.PhoneNumber,
                new PhoneNumberTransformationAttribute()),
            static present => ((IContactRecord)present).PhoneNumbers,
            static (point, category) => new CopperPhoneNumber { Number = point.Number, Category = category });
        Add(
            "socials",
            ColumnsOf(nameof(input.Social), ["Social"], "Socials", input.Social, new SocialTransformationAttribute()),
            static present => ((IContactRecord)present).Socials,
            static (point, category) => new CopperSocial { Url = point.Url, Category = category });
        Add(
            "websites",
            ColumnsOf(nameof(input.Website), ["Website"], "Websites", input.Website, new WebsiteTransformationAttribute()),
            static present => ((IContactRecord)present).Websites,
            static (point, category) => new CopperWebsite { Url = point.Url, Category = category });
        CollectAddress();
    }

    /// <summary>
    /// What the current row shows of something that a record has several of; null when the row shows nothing, or the parameter was
    /// typed.
    /// </summary>
    public ContactColumns<TPoint>? ColumnsOf<TPoint>(
        string parameter, string[] first, string all, TPoint[]? given, ContactPointTransformationAttribute<TPoint> reader)
        where TPoint : CopperContactPoint =>
        fields.Row is null || fields.WasTyped(parameter)
            ? null
            : ContactColumns<TPoint>.Of(
                fields.Row,
                first,
                all,
                fields.IsSpecified(parameter, given) ? given : null,
                reader,
                input is IRecordUpdate && (typeof(TPoint) == typeof(CopperEmail) || typeof(TPoint) == typeof(CopperPhoneNumber)));

    /// <summary>Adds a list: of a new record as the row shows it, of another merged with what it has.</summary>
    public void Add<TPoint>(
        string field, ContactColumns<TPoint>? columns, Func<T, IReadOnlyList<TPoint>> read, Func<TPoint, string?, TPoint> withCategory)
        where TPoint : CopperContactPoint
    {
        if (columns is null)
        {
            return;
        }

        if (!fields.IsUpdate)
        {
            fields.Fields[field] = columns.ToNew();
            return;
        }

        fields.Steps.Add(new ReadModifyWriteStep<T>(field)
        {
            AddFields = (body, present) =>
            {
                if (columns.Merge(read(present), withCategory) is { } merged)
                {
                    body[field] = merged;
                }
            },
        });
    }

    private bool HasAddressPart =>
        IsSpecified(nameof(input.Street), input.Street) || IsSpecified(nameof(input.City), input.City)
            || IsSpecified(nameof(input.State), input.State)
        || IsSpecified(nameof(input.PostalCode), input.PostalCode) || IsSpecified(nameof(input.Country), input.Country);

    private bool IsSpecified(string parameter, object? value) => fields.IsSpecified(parameter, value);

    private void CollectAddress()
    {
        switch (AddressOfRow())
        {
            case CopperAddress address:
                fields.Fields[AddressMember] = address;
                break;
            case string text when !fields.IsUpdate:
                throw WholeAddress(text);
            case string text:
                fields.Steps.Add(new ReadModifyWriteStep<T>(string.Empty)
                {
                    AddFields = (_, present) =>
                    {
                        if ((present as IAddressedRecord)?.Address?.ToString() != text)
                        {
                            throw WholeAddress(text);
                        }
                    },
                });
                break;
        }

        if (IsSpecified(nameof(input.Address), input.Address))
        {
            fields.Fields[AddressMember] = HasAddressPart
                ? throw RequestValueConverter.Reject(
                    "-Address sets the whole address: -Street, -City, -State, -PostalCode and -Country cannot go with it.", input.Address)
                : WithCode(input.Address);
        }
        else if (HasAddressPart)
        {
            AddAddressParts();
        }
    }

    private void AddAddressParts()
    {
        var withParts = Parts(out var description);
        fields.Description.NoteText(AddressMember, description);
        if (!fields.IsUpdate)
        {
            fields.Fields[AddressMember] = withParts(null);
            return;
        }

        // No source says whether the service merges a nested object, so the whole address is sent.
        fields.Steps.Add(new ReadModifyWriteStep<T>(AddressMember)
        {
            AddFields = (body, present) => body[AddressMember] = withParts((present as IAddressedRecord)?.Address),
        });
    }

    /// <summary>
    /// Addresses have codes. A text that is neither the code nor a name of a country is misspelled, unless the record has it already.
    /// </summary>
    private string CodeOf(string country, bool isCell)
    {
        if (Countries.CodeOf(country) is { } code)
        {
            return code;
        }

        var rejection = RequestValueConverter.UnknownWord(
            nameof(input.Country),
            VisibleText.Of(country),
            Countries.All.Select(static known => known.Value),
            $"write it with -Property @{{ address = @{{ country = {Completion.Quote(country)} }} }}.");
        bool IsShown(ICopperRecord? record) => (record as IAddressedRecord)?.Address?.Country == country;
        if (fields.IsUpdate && isCell)
        {
            fields.RejectUnless(IsShown, rejection);
        }
        else if (!fields.IsUpdate || !IsShown(fields.PipedRecord?.Source as ICopperRecord))
        {
            throw rejection;
        }

        return country;
    }

    /// <summary>A whole address, whose country has its code.</summary>
    private CopperAddress? WithCode(CopperAddress? address) => string.IsNullOrWhiteSpace(address?.Country) ? address : new CopperAddress
    {
        Street = address!.Street,
        City = address.City,
        State = address.State,
        PostalCode = address.PostalCode,
        Country = CodeOf(address.Country!, fields.IsFromRow(nameof(input.Address), input.Address)),
        AdditionalMembers = address.AdditionalMembers,
    };

    private void CheckPart(string part, string text)
    {
        string? Shown(T present) => (present as IAddressedRecord)?.Address is { } address
            ? typeof(CopperAddress).GetProperty(part)!.GetValue(address) as string : null;
        if (CellCheck.ProblemOfText(text) is { } problem)
        {
            var rejection = RequestValueConverter.Reject($"The column {part}: {VisibleText.Of(problem)}", text);
            if (!fields.IsUpdate)
            {
                throw rejection;
            }

            fields.RejectUnless(present => Shown(present) == text, rejection);
        }

        fields.RejectLostZeros(part, text, Shown);
    }

    /// <summary>
    /// The address in a row: parts, or the one text that a record shows. The text cannot be taken apart, so it may only be what the
    /// record has.
    /// </summary>
    private object? AddressOfRow() =>
        HasAddressPart || fields.WasTyped(nameof(input.Address)) ? null : fields.Row?[nameof(input.Address)] switch
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
            throw RequestValueConverter.Reject(ExceptionText.Of(exception), parts);
        }
    }

    private static InputRejectedException WholeAddress(string text) => RequestValueConverter.Reject(
        $"The address '{text}' is one text, which cannot be taken apart. Give the columns Street, City, State, PostalCode and Country, as "
            + "ConvertTo-CopperFlatRecord writes them.",
        text);

    /// <summary>Puts the parts that are given now into an address.</summary>
    private Func<CopperAddress?, CopperAddress> Parts(out string description)
    {
        var shown = new List<string>();
        var street = Part(nameof(input.Street), input.Street);
        var city = Part(nameof(input.City), input.City);
        var state = Part(nameof(input.State), input.State);
        var postalCode = Part(nameof(input.PostalCode), input.PostalCode);
        var country = Part(nameof(input.Country), input.Country);
        description = string.Join(", ", shown);
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
            var given = fields.IsSpecified(parameter, value);
            if (given && fields.IsFromRow(parameter, value))
            {
                CheckPart(parameter, value!);
            }

            var restored = fields.IsFromRow(parameter, value) ? (string)SpreadsheetText.Restore(value!) : value;
            if (parameter == nameof(input.Country) && given && !string.IsNullOrWhiteSpace(restored))
            {
                restored = CodeOf(restored!, fields.IsFromRow(parameter, value));
            }

            if (given)
            {
                shown.Add($"{parameter}{(fields.IsUpdate ? " to " : " ")}{(string.IsNullOrEmpty(restored) ? "nothing" : $"'{restored}'")}");
            }

            return present => !given ? present : string.IsNullOrEmpty(restored) ? null : restored;
        }
    }
}
