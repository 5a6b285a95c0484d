namespace Copper.Client;

/// <summary>What a request does to the account. It decides whether the request may be retried after a failure.</summary>
public enum RequestEffect
{
    /// <summary>Changes nothing (GET, searches, look-ups): may always be retried.</summary>
    Read,

    /// <summary>Sets fields to given values (PUT, and POST to bulk_update): doing it twice is doing it once.</summary>
    Update,

    /// <summary>Removes a record: when a retry finds nothing, it is done.</summary>
    Delete,

    /// <summary>Creates something (any other POST): retried only when the service surely did not take it.</summary>
    Create,
}
