namespace Copper.Client.Models;

/// <summary>Where the records of a client find the names behind their ids. Sends nothing.</summary>
internal interface INameSource
{
    /// <summary>The account that the client reads from; null for a source of names that no client has.</summary>
    RecordAccount? Account { get; }

    /// <summary>The name behind an id; null when the list was not read, or does not have the id.</summary>
    string? NameOf(NameReference reference);
}
