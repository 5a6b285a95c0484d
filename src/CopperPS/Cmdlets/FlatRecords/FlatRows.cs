namespace CopperPS;

// The rows of ConvertTo-CopperFlatRecord are objects of these types, and their columns are members that are added to each. An object
// without a type of its own would not survive Select-Object: its rows would no longer know of which entity the id is.

/// <summary>A flat person: a row with the columns of its kind.</summary>
public sealed class FlatPerson : FlatRow;

/// <summary>A flat company: a row with the columns of its kind.</summary>
public sealed class FlatCompany : FlatRow;

/// <summary>A flat lead: a row with the columns of its kind.</summary>
public sealed class FlatLead : FlatRow;

/// <summary>A flat opportunity: a row with the columns of its kind.</summary>
public sealed class FlatOpportunity : FlatRow;

/// <summary>A flat project: a row with the columns of its kind.</summary>
public sealed class FlatProject : FlatRow;

/// <summary>A flat task: a row with the columns of its kind.</summary>
public sealed class FlatTask : FlatRow;

/// <summary>A flat activity: a row with the columns of its kind.</summary>
public sealed class FlatActivity : FlatRow;
