using Copper.Client.Models;
using CopperPS.Binding;

namespace CopperPS.Cmdlets.Base;

/// <summary>Collects -RelatedTo and -RelatedType: the record that a task or a project belongs to, or an activity is about.</summary>
internal static class RelatedRecordFields
{
    /// <param name="fields">Where the field is added.</param>
    /// <param name="field">The field.</param>
    /// <param name="column">The property in which a record shows it.</param>
    /// <param name="relatedTo">The record.</param>
    /// <param name="relatedType">The entity of a bare id.</param>
    /// <param name="allowed">The entities that may be meant.</param>
    public static void Collect<T>(
        FieldCollector<T> fields, string field, string column, CopperReference? relatedTo, string? relatedType, string[] allowed)
        where T : class, ICopperRecord
    {
        if (fields is { PipedRecord: { } piped, Kind: WriteKind.Create })
        {
            // Before the record of a name is looked up.
            fields.RejectSecond(piped, field, "RelatedTo");
        }

        var isSpecified = fields.IsSpecified("RelatedTo", relatedTo);
        var inRow = isSpecified ? null : fields.RelatedInRow(column);
        var type = fields.IsSpecified("RelatedType", relatedType) ? relatedType : null;
        if (isSpecified || inRow is not null)
        {
            inRow = inRow is null ? null : fields.Account.ResolveRelated(inRow, type, allowed);
            relatedTo = relatedTo is null ? null : fields.Account.ResolveRelated(relatedTo, type, allowed);
            fields.Fields[field] = RelatedResources.Of(inRow ?? relatedTo, type, allowed, isRow: inRow is not null);
            fields.Description.Note(field, "RelatedTo", fields.Fields[field]);
            if (fields.IsUpdate && inRow is not null && type is not null)
            {
                fields.Steps.Add(TypeCheck<T>(column, RequestValueConverter.IdOf(inRow, type), type));
            }
        }
        else if (fields.IsSpecified("RelatedType", relatedType))
        {
            throw fields.IsFromRow("RelatedType", relatedType)
                ? RelatedResources.TypeAloneInRow(relatedType!)
                : RelatedResources.TypeAlone(relatedType!);
        }
    }

    /// <summary>
    /// Ids are unique only within one entity: where only RelatedType was edited, RelatedId is still that of the other record.
    /// </summary>
    private static ReadModifyWriteStep<T> TypeCheck<T>(string column, long id, string type)
        where T : class, ICopperRecord => new(string.Empty)
        {
            AddFields = (_, present) =>
            {
                if (RecordProperties.ValueOf(present, column) is CopperRelatedResource { Type: { Length: > 0 } former } related
                    && related.Id == id && !string.Equals(former, type, StringComparison.OrdinalIgnoreCase))
                {
                    throw RequestValueConverter.Reject(
                        $"The column RelatedType was edited to '{type}', and RelatedId {id} is still the id of the {former} that the "
                            + $"{present.GetEntityType()} belongs to. Give RelatedId too: the id of the {type}.",
                        type);
                }
            },
        };
}
