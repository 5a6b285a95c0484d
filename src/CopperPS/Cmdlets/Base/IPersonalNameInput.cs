namespace CopperPS.Cmdlets.Base;

/// <summary>The parameters of a name and its parts, as people and leads have them.</summary>
internal interface IPersonalNameInput
{
    /// <summary>The full name.</summary>
    string? Name { get; }

    /// <summary>The part before the first name, for example Dr.</summary>
    string? Prefix { get; }

    /// <summary>The first name.</summary>
    string? FirstName { get; }

    /// <summary>The middle name.</summary>
    string? MiddleName { get; }

    /// <summary>The last name.</summary>
    string? LastName { get; }

    /// <summary>The part after the last name, for example Jr.</summary>
    string? Suffix { get; }
}
