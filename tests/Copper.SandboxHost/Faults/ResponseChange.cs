namespace Copper.SandboxHost.Faults;

/// <summary>How a response differs from today's under the vendor's change policy: each is "backwards compatible" and comes
/// unannounced.</summary>
public enum ResponseChange
{
    /// <summary>As it is; for a fault that only adds headers.</summary>
    None,

    /// <summary>Every object, at every depth, has members that nobody knows, before and after its own.</summary>
    NewMembers,

    /// <summary>Every field that holds one of a list of words holds a word that is not in the list.</summary>
    NewWords,

    /// <summary>Activities are of a category, a type and a parent that nobody knows, and their details have every shape there is.</summary>
    NewActivities,

    /// <summary>Every number comes as text.</summary>
    NumbersAsText,

    /// <summary>Every text that is a number comes as a number.</summary>
    TextAsNumbers,

    /// <summary>Every id is higher by 2^40, beyond 32 bits.</summary>
    BigIds,

    /// <summary>Every member but the ids of records is null, and every list of objects holds a null besides.</summary>
    Nulls,

    /// <summary>Every nested object and list is null or missing, in turn.</summary>
    MissingMembers,

    /// <summary>The members of every object come in the opposite order.</summary>
    Reordered,

    /// <summary>Every message says something else.</summary>
    EditedMessages,
}
