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
        var isSpecified = fields.IsSpecified("RelatedTo", relatedTo);
        var inRow = isSpecified ? null : fields.RelatedInRow(column);
        var type = fields.IsSpecified("RelatedType", relatedType) ? relatedType : null;
        if (isSpecified || inRow is not null)
        {
            fields.Fields[field] = RelatedResources.Of(inRow ?? relatedTo, type, allowed);
            fields.Description.Note(field, "RelatedTo", fields.Fields[field]);
        }
        else if (fields.IsSpecified("RelatedType", relatedType))
        {
            throw RelatedResources.TypeAlone(relatedType!);
        }
    }
}
