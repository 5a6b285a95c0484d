using System.Management.Automation;
using Copper.Client;
using CopperPS.Binding;

namespace CopperPS.Cmdlets.Base;

/// <summary>
/// How a record of another kind leads to the records that a search reads: a company to its people, a person to the tasks about them.
/// </summary>
internal sealed class ParentLink
{
    private ParentLink(ParentLinkKind kind, string member)
    {
        Kind = kind;
        Member = member;
    }

    /// <summary>The records that are related to it, which the service lists by their ids.</summary>
    public static ParentLink Relation { get; } = new(ParentLinkKind.Relation, "ids");

    public ParentLinkKind Kind { get; }

    /// <summary>The criterion of the search; of <see cref="ParentLinkKind.Reference"/> the property of the record.</summary>
    public string Member { get; }

    /// <summary>A criterion that takes the ids of several: one request for up to 200 of them.</summary>
    public static ParentLink IdList(string member) => new(ParentLinkKind.IdList, member);

    /// <summary>A criterion that takes one record: a search for each.</summary>
    public static ParentLink Pointer(string member) => new(ParentLinkKind.Pointer, member);

    /// <summary>The record itself says which one is meant: the company of a person.</summary>
    public static ParentLink Reference(string property) => new(ParentLinkKind.Reference, property);

    /// <summary>Searches for the same with a list of ids each, as many as one request takes.</summary>
    public static IEnumerable<JsonBody> Searches(JsonBody filter, string member, IEnumerable<long> ids)
    {
        var distinct = ids.Distinct().ToArray();
        for (var start = 0; start < distinct.Length; start += SearchQuery.LargestPage)
        {
            yield return With(filter, member, distinct.Skip(start).Take(SearchQuery.LargestPage).ToArray());
        }
    }

    /// <summary>The same search with a further criterion.</summary>
    /// <exception cref="Copper.Client.Metadata.InputRejectedException">The criterion is given besides.</exception>
    public static JsonBody With(JsonBody filter, string member, object value)
    {
        if (filter.Contains(member))
        {
            throw RequestValueConverter.Reject(
                $"'{member}' is given twice: by a parameter, and by the records of the pipeline. Leave one of them out.", null);
        }

        var search = filter.Copy();
        search[member] = value;
        return search;
    }

    /// <summary>What the record says of the one that is meant.</summary>
    /// <param name="parent">The record.</param>
    /// <param name="id">The id; null when the record points to none.</param>
    /// <returns>False when it does not show: columns were selected, or it is only a pointer.</returns>
    public bool TryRead(CopperReference parent, out long? id)
    {
        var property = parent.Source is null ? null : PSObject.AsPSObject(parent.Source).Properties[Member];
        var value = CellValue.Bare(property?.Value);
        id = value is null ? null : CopperReference.From(value).Id;
        return property is not null;
    }
}
