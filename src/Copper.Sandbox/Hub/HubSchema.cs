namespace Copper.Sandbox.Hub;

/// <summary>The attributes that the create and update actions of one kind of record take.</summary>
internal sealed class HubSchema(params HubAttribute[] attributes)
{
    public const string DefaultColour = "#82CE4C";

    public static HubSchema Organisation { get; } = new(
    [
        HubAttribute.Text("Name") with { IsRequired = true, CanBeCleared = false, Check = static value =>
            value.Length > 0 ? null : "Name must not be empty." },
        HubAttribute.Colour(),
        .. new[] { "Phone1", "IM1", "IM2", "FAX", "Address1", "Address2", "City", "State", "Country", "Postcode", "URL", "ContactEmail" }
            .Select(HubAttribute.Text),
    ]);

    public static HubSchema Project { get; } = new(
        HubAttribute.Id("ClientID") with { IsRequired = true },
        HubAttribute.Text("Name"),
        HubAttribute.Id("Owner"),
        HubAttribute.Date("StartDate"),
        HubAttribute.Date("EndDate"),
        HubAttribute.Status(),
        HubAttribute.Colour(),
        HubAttribute.Text("Description"),
        HubAttribute.Flag("Active"));

    public static HubSchema Task { get; } = new(
        HubAttribute.Id("ProjectID") with { IsRequired = true, IsUpdatable = false },
        HubAttribute.Text("Name"),
        HubAttribute.Id("Owner"),
        HubAttribute.Date("StartDate"),
        HubAttribute.Date("EndDate"),
        HubAttribute.Number("Duration"),
        HubAttribute.Text("Description"),
        HubAttribute.Number("TargetBudget"),
        HubAttribute.Flag("Highlighted"));

    /// <summary>The page's table wants ProjectID and Body; its example gives TaskID besides.</summary>
    public static HubSchema TaskComment { get; } = new(
        HubAttribute.Id("TaskID"),
        HubAttribute.Id("ProjectID") with { IsRequired = true },
        HubAttribute.Text("Body") with { IsRequired = true, CanBeCleared = false, Check = static value =>
            value.Length > 0 ? null : "Body must not be empty." },
        HubAttribute.Hours(),
        HubAttribute.Number("PercentComplete"));

    public IReadOnlyList<HubAttribute> Attributes { get; } = attributes;

    /// <summary>Rejects data that cannot be right. An attribute that is not listed is rejected, too: the strict reading.</summary>
    public void Check(IReadOnlyDictionary<string, string?> data, bool isUpdate)
    {
        if (isUpdate && data.Count == 0)
        {
            throw HubException.BadRequest();
        }

        foreach (var attribute in Attributes)
        {
            if (!isUpdate && attribute.IsRequired && !data.ContainsKey(attribute.Name))
            {
                throw new HubException(400, $"{attribute.Name} is required.");
            }
        }

        foreach (var member in data)
        {
            var attribute = Attributes.FirstOrDefault(attribute => attribute.Name == member.Key && (attribute.IsUpdatable || !isUpdate))
                ?? throw new HubException(400, $"{member.Key} is not a valid attribute.");
            if (attribute.Problem(member.Value) is { } problem)
            {
                throw new HubException(400, problem);
            }
        }
    }

    public static void Write(HubRecord record, IReadOnlyDictionary<string, string?> data)
    {
        foreach (var member in data)
        {
            record[member.Key] = member.Value;
        }
    }
}
