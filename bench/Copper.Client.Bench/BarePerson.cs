using System.Text.Json;

namespace Copper.Client.Bench;

/// <summary>A person as a program without a library would declare it: every documented field, nothing else.</summary>
internal sealed record BarePerson(
    long Id,
    string? Name,
    string? Prefix,
    string? FirstName,
    string? MiddleName,
    string? LastName,
    string? Suffix,
    BareAddress? Address,
    long? AssigneeId,
    long? CompanyId,
    string? CompanyName,
    long? ContactTypeId,
    string? Details,
    List<BareEmail>? Emails,
    List<BareNumber>? PhoneNumbers,
    List<BareUrl>? Socials,
    List<string>? Tags,
    string? Title,
    List<BareUrl>? Websites,
    List<BareField>? CustomFields,
    long? DateCreated,
    long? DateModified,
    long? DateLastContacted,
    int? InteractionCount,
    List<BareLeadOrigin>? LeadsConvertedFrom);

internal sealed record BareAddress(string? Street, string? City, string? State, string? PostalCode, string? Country);

internal sealed record BareEmail(string? Email, string? Category);

internal sealed record BareNumber(string? Number, string? Category);

internal sealed record BareUrl(string? Url, string? Category);

internal sealed record BareField(long CustomFieldDefinitionId, JsonElement Value);

internal sealed record BareLeadOrigin(long LeadId, long? ConvertedTimestamp);
