namespace Copper.Client.Metadata;

/// <summary>A list of the account that explains ids, whatever its items are.</summary>
internal interface INameList
{
    /// <summary>What one of the items is called, for example contact type.</summary>
    string ItemName { get; }

    /// <summary>What the items are called together, for example contact types.</summary>
    string Items { get; }

    /// <summary>The client has read the list.</summary>
    bool IsCached { get; }

    /// <summary>The list could not be had, and is not asked for again.</summary>
    bool IsMissed { get; }

    /// <summary>Notes that the list could not be had.</summary>
    void NoteMissed();

    /// <summary>An id was looked for in vain in a list that had just been read.</summary>
    bool IsUnlisted(string id);

    /// <summary>Notes that the list does not have an id, until it is invalidated.</summary>
    void NoteUnlisted(string id);

    /// <summary>Reads the list, if it is not cached.</summary>
    Task LoadAsync(CancellationToken cancellationToken);

    /// <summary>Reads the list again; what is cached stays until it has come.</summary>
    Task RefreshAsync(CancellationToken cancellationToken);
}
