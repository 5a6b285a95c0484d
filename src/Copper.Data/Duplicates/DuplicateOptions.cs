using Copper.Client.Models;

namespace Copper.Data.Duplicates;

/// <summary>What is searched for duplicates, and by which rules.</summary>
public sealed class DuplicateOptions
{
    /// <summary>The kind of records, in the API's singular word: person, company or lead.</summary>
    public string Entity { get; init; } = string.Empty;

    /// <summary>
    /// The rules, in the words of an import and with SimilarName in addition: Email, EmailDomain, Name, SimilarName, PhoneNumber,
    /// CompanyName, CustomField:name, and several of them with + between them. Empty for <see cref="DuplicateIndex.DefaultRules"/>.
    /// </summary>
    public IReadOnlyList<string> MatchOn { get; init; } = [];

    /// <summary>Records that are known to be different; null for none.</summary>
    public DistinctRecords? Except { get; init; }

    /// <summary>The definitions of custom fields that rules name; a <see cref="DuplicateFinder"/> reads them where it needs them.</summary>
    public IReadOnlyList<CopperCustomFieldDefinition> CustomFields { get; init; } = [];
}
