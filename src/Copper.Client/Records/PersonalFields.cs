namespace Copper.Client;

/// <summary>The fields that people and leads have in common: those of somebody with a name of several parts.</summary>
public abstract class PersonalFields : ContactFields
{
    private static readonly string[] Parts = ["prefix", "first_name", "middle_name", "last_name", "suffix"];

    private protected PersonalFields(CopperEntity entity)
        : base(entity)
    {
    }

    /// <summary>The part of the name before the first name, for example Dr.</summary>
    public string? Prefix
    {
        get => Get<string>();
        set => Set(value);
    }

    /// <summary>The first name. A new record without <see cref="NamedFields.Name"/> gets it from the parts.</summary>
    public string? FirstName
    {
        get => Get<string>();
        set => Set(value);
    }

    /// <summary>The middle name.</summary>
    public string? MiddleName
    {
        get => Get<string>();
        set => Set(value);
    }

    /// <summary>The last name.</summary>
    public string? LastName
    {
        get => Get<string>();
        set => Set(value);
    }

    /// <summary>The part of the name after the last name, for example Jr.</summary>
    public string? Suffix
    {
        get => Get<string>();
        set => Set(value);
    }

    /// <summary>The job title.</summary>
    public string? Title
    {
        get => Get<string>();
        set => Set(value);
    }

    /// <summary>The full name of a new record is put together from its parts where it is not given.</summary>
    private protected void ComposeName(JsonBody fields)
    {
        if (!fields.Contains("name") && Parts.Any(fields.Contains))
        {
            string? Part(string member) => fields.Contains(member) ? fields[member] as string : null;
            fields["name"] = new PersonalName(Part(Parts[0]), Part(Parts[1]), Part(Parts[2]), Part(Parts[3]), Part(Parts[4])).FullName;
        }

        CheckName(fields);
    }

    /// <summary>
    /// Rejects an update of parts of a name without the full name: the service reads the parts from the name, so the two could differ.
    /// </summary>
    private protected void CheckParts(JsonBody fields)
    {
        if (!fields.Contains("name") && Parts.FirstOrDefault(IsTyped) is { } part)
        {
            throw new ArgumentException($"'{part}' is a part of the name: set {nameof(Name)} to the full name as well.");
        }
    }
}
