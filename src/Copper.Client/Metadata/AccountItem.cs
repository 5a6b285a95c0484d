using System.ComponentModel;
using System.Globalization;
using Copper.Client.Models;

namespace Copper.Client.Metadata;

/// <summary>Something of the account that people call by its name: what finding it, messages and completion need to know of it.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class AccountItem
{
    private AccountItem(ICopperRecord record, string? name, string? otherName = null, string? place = null)
    {
        Record = record;
        Name = name?.Trim() ?? string.Empty;
        OtherName = otherName?.Trim() is { Length: > 0 } other ? other : null;
        Place = place;
    }

    /// <summary>The item itself.</summary>
    public ICopperRecord Record { get; }

    /// <summary>The id of the item.</summary>
    public long Id => Record.Id;

    /// <summary>The name; empty when the service sent none.</summary>
    public string Name { get; }

    /// <summary>Another name that nobody else has: a user's e-mail address.</summary>
    public string? OtherName { get; }

    /// <summary>Where it belongs, since its name is unique only there: a stage's pipeline, a type's category.</summary>
    public string? Place { get; }

    /// <summary>The pipeline that a stage belongs to.</summary>
    public long? PipelineId => (Record as CopperPipelineStage)?.PipelineId;

    /// <summary>An item of a list.</summary>
    public static AccountItem Of<T>(T record)
        where T : ICopperRecord, INamed =>
        record switch
        {
            CopperUser user => new AccountItem(user, user.Name, user.Email),
            CopperActivityType type => new AccountItem(type, type.Name, null, type.Category),
            CopperCustomFieldDefinition field => new AccountItem(field, field.Name, null, field.AvailableOn.ToString()),
            _ => new AccountItem(record, record.Name),
        };

    /// <summary>A stage of a pipeline.</summary>
    public static AccountItem Of(CopperPipelineStage stage, CopperPipeline pipeline) => new(stage, stage.Name, null, pipeline.Name?.Trim());

    /// <summary>Names compare without case.</summary>
    public bool IsCalled(string name) =>
        string.Equals(Name, name, StringComparison.OrdinalIgnoreCase) || string.Equals(OtherName, name, StringComparison.OrdinalIgnoreCase);

    /// <summary>How far a name that somebody wrote is from the item's own.</summary>
    public int DistanceFrom(string name) =>
        OtherName is null
            ? EditDistance.Between(name, Name)
            : Math.Min(EditDistance.Between(name, Name), EditDistance.Between(name, OtherName));

    /// <summary>What names it for certain: the id, of a type of activities with its category.</summary>
    public string Key =>
        Record is CopperActivityType
            ? string.Format(CultureInfo.InvariantCulture, "{0}:{1}", Place, Id)
            : Id.ToString(CultureInfo.InvariantCulture);

    /// <summary>The id, and what else tells it apart: 1001 (ada@example.com).</summary>
    public string Describe() => Record is CopperActivityType || (OtherName ?? Place) is null ? Key : $"{Key} ({OtherName ?? Place})";
}
