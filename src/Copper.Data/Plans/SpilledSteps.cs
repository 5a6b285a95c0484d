namespace Copper.Data.Plans;

/// <summary>Lists of steps that memory need not hold.</summary>
internal static class SpilledSteps
{
    /// <summary>An empty list.</summary>
    public static SpilledList<CopperPlanStep> New() => new(Write, Read);

    private static void Write(SpillWriter writer, CopperPlanStep step)
    {
        writer.WriteNumber(step.Step);
        writer.WriteByte((byte)step.Action);
        writer.WriteText(step.Entity);
        writer.WriteNumber(step.Id);
        writer.WriteNumber(step.OldId);
        writer.WriteText(step.Name);
        writer.WriteNumber(step.Row);
        writer.WriteText(step.MatchedBy);
        writer.WriteNumber(step.Group);
        writer.WriteText(step.Reason);
        writer.WriteText(step.Modified);
        writer.WriteText(step.Fields);
        writer.WriteText(step.Before);
        writer.WriteText(step.Check);
        writer.WriteText(step.Changes.IsText ? step.Changes.ToString() : null);
        writer.WriteNumber(step.Changes.Count);
        foreach (var change in step.Changes)
        {
            writer.WriteText(change.Property);
            writer.WriteText(change.Before);
            writer.WriteText(change.After);
        }
    }

    private static CopperPlanStep Read(SpillReader reader) => new()
    {
        Step = reader.ReadNumber(),
        Action = (PlanAction)reader.ReadByte(),
        Entity = reader.ReadText()!,
        Id = reader.ReadOptionalNumber(),
        OldId = reader.ReadOptionalNumber(),
        Name = reader.ReadText(),
        Row = reader.ReadOptionalNumber(),
        MatchedBy = reader.ReadText(),
        Group = reader.ReadOptionalNumber(),
        Reason = reader.ReadText(),
        Modified = reader.ReadText(),
        Fields = reader.ReadText(),
        Before = reader.ReadText(),
        Check = reader.ReadText()!,
        Changes = ReadChanges(reader),
    };

    private static PlanChangeList ReadChanges(SpillReader reader)
    {
        var list = reader.ReadText() is { } text ? new PlanChangeList(text) : [];
        for (var count = reader.ReadNumber(); count > 0; count--)
        {
            list.Add(new PlanChange(reader.ReadText()!, reader.ReadText(), reader.ReadText()));
        }

        return list;
    }
}
