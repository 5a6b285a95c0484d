namespace Copper.Client.Metadata;

/// <summary>Why input was rejected before anything was sent.</summary>
public enum InputRejection
{
    /// <summary>A value, or two values together, are not valid.</summary>
    Invalid,

    /// <summary>A text or an object is no id.</summary>
    InvalidId,

    /// <summary>A record of another entity was given: ids are unique only within one entity.</summary>
    EntityMismatch,

    /// <summary>A record of another account was given: ids are unique only within one account.</summary>
    OtherAccount,

    /// <summary>Nothing in the account has the name, or a word is not one of those that are known.</summary>
    UnknownName,

    /// <summary>Several things in the account have the name.</summary>
    AmbiguousName,

    /// <summary>A custom field does not take the value, or cannot be used in this way.</summary>
    InvalidCustomField,

    /// <summary>Several records match where one is meant.</summary>
    SeveralMatches,

    /// <summary>No field was given to set.</summary>
    NothingToSet,
}
