using System.Globalization;
using Copper.Client;
using Copper.Client.Metadata;
using Copper.Client.Models;
using CopperPS.Binding;
using CopperPS.Core;

namespace CopperPS.Cmdlets.Base;

/// <summary>A record of any entity: what was given, with the entity that a bare id does not tell.</summary>
internal sealed class RecordKey
{
    private RecordKey(string entityType, long id, object? source, string? name)
    {
        EntityType = entityType;
        Id = id;
        Source = source;
        Name = name;
    }

    /// <summary>In the API's singular word.</summary>
    public string EntityType { get; }

    public long Id { get; }

    public object? Source { get; }

    /// <summary>The record's name, as far as it is known.</summary>
    public string? Name { get; }

    /// <summary>The words of the entity, when it is one of the six kinds of records.</summary>
    public CopperEntity Entity => CopperEntities.FindPrimary(EntityType) ?? throw RequestValueConverter.Reject(
        $"A{EntityWords.WithArticle(EntityType).Substring(1)} cannot stand here: give a "
            + $"{string.Join(", ", CopperEntities.Primary.Select(static entity => entity.Name))}.", Source);

    /// <summary>As the client's endpoints take a record.</summary>
    public CopperRelatedResource ToPointer() => new(EntityType, Id);

    /// <param name="reference">What was given.</param>
    /// <param name="type">The entity that was given besides; null when none was.</param>
    /// <param name="parameter">The parameter, for messages.</param>
    /// <param name="typeParameter">The parameter that gives the entity of a bare id, for messages.</param>
    /// <exception cref="InputRejectedException">It points to no record.</exception>
    public static RecordKey Of(CopperReference? reference, string? type, string parameter, string typeParameter)
    {
        if (reference is null)
        {
            throw RequestValueConverter.Reject($"-{parameter} is null.", null);
        }

        var entity = CopperEntities.FindPrimary(type)?.Name ?? type?.ToLowerInvariant();
        if (reference.EntityType is null && entity is null)
        {
            throw reference.Id is null
                ? ReferenceRejections.NoId(reference, "record")
                : RequestValueConverter.Reject($"-{parameter} {reference}: an id alone does not tell the entity, and ids are unique "
                    + $"only within one. Give the record itself, or say what it is with -{typeParameter}.", reference.Source);
        }

        return new RecordKey(
            reference.EntityType ?? entity!, RequestValueConverter.IdOf(reference, entity ?? reference.EntityType!), reference.Source,
            reference.Source switch
            {
                CopperRelatedItem item => item.Name,
                CopperConnectionEnd end => end.Name,
                ICopperRecord record => record.ToString(),
                _ => reference.RecordName ?? reference.Name,
            });
    }

    /// <summary>The same key with a name, if that is known.</summary>
    public RecordKey Named(string? name) => new(EntityType, Id, Source, name is { Length: > 0 } ? name : Name);

    /// <summary>For example person 7 (Ada Lovelace).</summary>
    public override string ToString()
    {
        var text = string.Format(CultureInfo.InvariantCulture, "{0} {1}", EntityType, Id);
        return Name is { Length: > 0 } ? $"{text} ({Name})" : text;
    }
}
