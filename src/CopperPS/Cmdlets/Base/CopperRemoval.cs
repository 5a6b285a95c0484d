using Copper.Client.Models;

namespace CopperPS.Cmdlets.Base;

/// <summary>A record that was deleted.</summary>
public sealed class CopperRemoval : ICopperRecord
{
    internal CopperRemoval(long id, string entityType)
    {
        Id = id;
        EntityType = entityType;
    }

    /// <summary>The id that the record had.</summary>
    public long Id { get; }

    /// <summary>Its entity, in the API's singular word.</summary>
    public string EntityType { get; }

    string ICopperRecord.GetEntityType() => EntityType;

    /// <inheritdoc/>
    public override string ToString() => $"{EntityType} {Id}";
}
