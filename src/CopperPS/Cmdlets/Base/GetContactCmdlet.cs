using System.Management.Automation;
using Copper.Client;
using Copper.Client.Metadata;
using Copper.Client.Models;
using CopperPS.Binding;
using CopperPS.Binding.Completers;
using CopperPS.Core;

namespace CopperPS.Cmdlets.Base;

/// <summary>How a phone number is compared.</summary>
public enum PhoneMatch
{
    /// <summary>The record's number ends with the digits given.</summary>
    Partial,

    /// <summary>As Partial, also with up to six leading digits of the given number left out, as long as six remain.</summary>
    Fuzzy,
}

/// <summary>The criteria that people, companies and leads have: phone, address, profiles.</summary>
/// <typeparam name="T">The model.</typeparam>
public abstract class GetContactCmdlet<T> : GetNamedRecordCmdlet<T>, IContactSearch
    where T : class, ICopperRecord
{
    private const string PhoneMember = "phone_number";

    private protected GetContactCmdlet()
    {
    }

    /// <summary>At least so many interactions.</summary>
    [Parameter(ParameterSetName = SearchSet)]
    [ValidateRange(0, int.MaxValue)]
    [Filter("minimum_interaction_count")]
    [WholeNumberTransformation]
    public int MinimumInteractionCount { get; set; }

    /// <summary>At most so many interactions.</summary>
    [Parameter(ParameterSetName = SearchSet)]
    [ValidateRange(0, int.MaxValue)]
    [Filter("maximum_interaction_count")]
    [WholeNumberTransformation]
    public int MaximumInteractionCount { get; set; }

    /// <summary>Last interaction at this time or later.</summary>
    [Parameter(ParameterSetName = SearchSet)]
    [DateTransformation]
    [ArgumentCompleter(typeof(DateCompleter))]
    [Alias("LastContactedAfter", "DateLastContactedAfter")]
    [Filter("minimum_interaction_date")]
    public DateTimeOffset InteractionAfter { get; set; }

    /// <summary>Last interaction at this time or earlier.</summary>
    [Parameter(ParameterSetName = SearchSet)]
    [DateTransformation]
    [ArgumentCompleter(typeof(DateCompleter))]
    [Alias("LastContactedBefore", "DateLastContactedBefore")]
    [Filter("maximum_interaction_date")]
    public DateTimeOffset InteractionBefore { get; set; }

    /// <summary>Last contacted before this time, or never.</summary>
    [Parameter(ParameterSetName = SearchSet)]
    [DateTransformation]
    [ArgumentCompleter(typeof(DateCompleter))]
    public DateTimeOffset NotContactedSince { get; set; }

    /// <summary>With -NotContactedSince: without those that were never contacted.</summary>
    [Parameter(ParameterSetName = SearchSet)]
    public SwitchParameter ExcludeNeverContacted { get; set; }

    /// <summary>Created no longer ago than this; a bare number is seconds.</summary>
    [Parameter(ParameterSetName = SearchSet)]
    [SecondsTransformation]
    [Filter("age")]
    public TimeSpan MaximumAge { get; set; }

    /// <summary>Phone numbers, of which a record has one; only their digits count. There is a search for each.</summary>
    [Parameter(ParameterSetName = SearchSet)]
    [TextListTransformation]
    [ValidateNotNullOrEmpty]
    public string[]? PhoneNumber { get; set; }

    /// <summary>How the phone number is compared; by default partial up to six digits, fuzzy from seven.</summary>
    [Parameter(ParameterSetName = SearchSet)]
    [OneValueTransformation]
    public PhoneMatch PhoneMatch { get; set; }

    /// <summary>The city.</summary>
    [Parameter(ParameterSetName = SearchSet)]
    [TextTransformation]
    [Filter("city")]
    public string? City { get; set; }

    /// <summary>The state or region.</summary>
    [Parameter(ParameterSetName = SearchSet)]
    [TextTransformation]
    [Filter("state")]
    public string? State { get; set; }

    /// <summary>The postal code.</summary>
    [Parameter(ParameterSetName = SearchSet)]
    [TextTransformation]
    [Filter("postal_code")]
    public string? PostalCode { get; set; }

    /// <summary>The country: its two-letter code or its name.</summary>
    [Parameter(ParameterSetName = SearchSet)]
    [TextTransformation]
    [ArgumentCompleter(typeof(CountryCompleter))]
    [Filter("country")]
    public string? Country { get; set; }

    /// <summary>Addresses of social profiles, of which a record has at least one.</summary>
    [Parameter(ParameterSetName = SearchSet)]
    [TextListTransformation]
    [Filter("socials")]
    public string[]? Social { get; set; }

    private protected override void AddFilters(JsonBody filter)
    {
        base.AddFilters(filter);
        if (Country is not null)
        {
            filter["country"] = Countries.CodeOf(Country) ?? throw RequestValueConverter.UnknownWord(
                nameof(Country),
                Country,
                Countries.All.Select(static country => country.Value),
                $"search for it with -Filter @{{ country = {Completion.Quote(Country)} }}.");
        }

        if ((this as IEmailSearch)?.Email is { } emails && Array.Find(emails, static email => !IsAddress(email)) is { } noAddress)
        {
            throw RequestValueConverter.Reject(
                $"-Email '{VisibleText.Of(noAddress)}' is no e-mail address, and the service finds whole addresses only. By the name: "
                    + $"-Name {Completion.Quote("*" + noAddress.Trim('*') + "*")}",
                noAddress);
        }

        if (PhoneNumber is null)
        {
            if (IsBound(nameof(PhoneMatch)))
            {
                throw RequestValueConverter.Reject("-PhoneMatch says how -PhoneNumber is compared: give the number too.", PhoneMatch);
            }

            return;
        }

        RejectWildcards(RecordProperties.Find(GetType(), nameof(PhoneNumber))!, PhoneMember);
        if (Array.Find(PhoneNumber, static number => !number.Any(static c => c is >= '0' and <= '9')) is { } wrong)
        {
            throw RequestValueConverter.Reject($"-PhoneNumber: '{wrong}' has no digits to search for.", wrong);
        }

        filter[PhoneMember] = PhoneCriterion(PhoneNumber[0]);
    }

    private static bool IsAddress(string email)
    {
        var place = email.Trim().IndexOf('@');
        return place > 0 && place < email.Trim().Length - 1;
    }

    private protected override IEnumerable<JsonBody> Split(JsonBody filter)
    {
        var filters = base.Split(filter);
        return PhoneNumber is { Length: > 1 }
            ? OneEach(filters, PhoneMember, PhoneNumber.Distinct(StringComparer.Ordinal).Select(PhoneCriterion))
            : filters;
    }

    private object PhoneCriterion(string number) => IsBound(nameof(PhoneMatch))
        ? new JsonBody { ["value"] = number, ["match"] = PhoneMatch == PhoneMatch.Partial ? "partial" : "fuzzy" }
        : number;
}
