namespace Copper.Sandbox;

internal sealed partial class Account
{
    private static readonly int ParentIndex = EntitySchemas.Activity.IndexOf("parent");

    private static readonly int RelatedResourceIndex = EntitySchemas.Task.IndexOf("related_resource");

    /// <summary>Sets interaction_count and date_last_contacted of a record from the activities logged on it.</summary>
    public void RecountInteractions(ResourceReference parent)
    {
        var activities = EntitySchemas.Activity;
        SetInteractions(parent, Activities.All.Where(activity =>
            parent.Equals(activities.Get<ResourceReference>(activity, "parent"))));
    }

    /// <summary>Sets interaction_count and date_last_contacted of a record from its activities.</summary>
    public void SetInteractions(ResourceReference parent, IEnumerable<Record> activities)
    {
        var schema = EntitySchemas.FindByType(parent.Type);
        if (schema is null || !schema.Has("interaction_count") || Table(schema).Find(parent.Id) is not { } record)
        {
            return;
        }

        long[] dates = activities
            .Where(activity => CountsAsInteraction(EntitySchemas.Activity.Get<ActivityTypeKey>(activity, "type")!))
            .Select(activity => EntitySchemas.Activity.GetInteger(activity, "activity_date") ?? 0)
            .ToArray();
        SetValue(record, schema, "interaction_count", Boxed.Integer(dates.Length));
        SetValue(record, schema, "date_last_contacted", dates.Length == 0 ? null : Boxed.Integer(dates.Max()));
    }

    public bool CountsAsInteraction(ActivityTypeKey key) =>
        key.Category == "user"
        && Table(EntitySchemas.CustomActivityType).Find(key.Id) is { } type
        && EntitySchemas.CustomActivityType.Get<object>(type, "is_interaction") is true;

    /// <summary>Takes away values that a changed definition no longer allows.</summary>
    public void DropOutdatedCustomFieldValues(CustomFieldDefinition definition, string? formerDataType)
    {
        foreach (var schema in EntitySchemas.Main)
        {
            int index = schema.IndexOf("custom_fields");
            foreach (var record in Table(schema).All)
            {
                var values = (CustomFieldValues)record.Values[index]!;
                if (values.Find(definition.Id) is { } value)
                {
                    bool kept = definition.HasValuesOn(schema.Type) && formerDataType == definition.DataType;
                    record.Values[index] = values.With(definition.Id, kept ? definition.StillAllowed(value) : null);
                }
            }
        }
    }

    /// <summary>Gives the activities and tasks of one record to another.</summary>
    public void MoveBelongings(ResourceReference from, ResourceReference to)
    {
        foreach (var activity in Activities.All.Where(activity => RefersTo(activity.Values[ParentIndex], from)).ToArray())
        {
            SetValue(activity, EntitySchemas.Activity, "parent", to);
        }

        foreach (var task in Table(EntitySchemas.Task).All.Where(task => RefersTo(task.Values[RelatedResourceIndex], from)).ToArray())
        {
            SetValue(task, EntitySchemas.Task, "related_resource", to);
        }

        RecountInteractions(to);
    }

    /// <summary>Removes what belongs to a record that is gone: activities logged on it, relations and references to it.</summary>
    public void Forget(ResourceReference gone)
    {
        var activities = Activities.Schema;
        foreach (var activity in Activities.All.ToArray())
        {
            if (gone.Equals(activities.Get<ResourceReference>(activity, "parent")))
            {
                Activities.Remove(activity);
            }
        }

        Relations.Forget(gone);
        Connections.Forget(gone);
        Files.Forget(gone);
        ClearReferencesTo(gone);
    }

    private void ClearReferencesTo(ResourceReference gone)
    {
        foreach (var table in _tables.Values)
        {
            foreach (var attribute in table.Schema.Attributes.Where(attribute => CanReferTo(attribute, gone.Type)))
            {
                int index = table.Schema.IndexOf(attribute.Name);
                foreach (var record in table.All.Where(record => RefersTo(record.Values[index], gone)))
                {
                    SetValue(record, table.Schema, attribute.Name, null);
                }
            }
        }
    }

    private static bool CanReferTo(EntityAttribute attribute, string entityType) => attribute.Type switch
    {
        ReferenceType reference => reference.Target == entityType,
        ResourceReferenceType => true,
        _ => false,
    };

    private static bool RefersTo(object? value, ResourceReference gone) => value switch
    {
        long id => id == gone.Id,
        ResourceReference reference => reference.Equals(gone),
        _ => false,
    };

    private static void SetValue(Record record, EntitySchema schema, string attribute, object? value)
    {
        record.Values[schema.IndexOf(attribute)] = value;
        record.Rendered = null;
    }
}
