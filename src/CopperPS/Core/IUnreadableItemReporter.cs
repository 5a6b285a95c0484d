namespace CopperPS.Core;

/// <summary>
/// A cmdlet that returns every item that it reads. An item that cannot be read is an error then, whatever its kind is, not a warning.
/// </summary>
internal interface IUnreadableItemReporter;
