namespace Copper.Client.Models;

/// <summary>A place in a record that names another record by its entity and id, and has room for its name.</summary>
/// <param name="Entity">The other record's entity, in the API's singular word; null where the service named none.</param>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name, as far as the place shows it.</param>
/// <param name="SetName">Lets the place show a name.</param>
internal readonly record struct RecordPointer(string? Entity, long Id, string? Name, Action<string> SetName);
