using Copper.Client.Models;

namespace Copper.Client;

/// <summary>The fields of a record that are to change.</summary>
/// <typeparam name="T">The model of the record.</typeparam>
public interface IRecordChanges<T>
    where T : class, ICopperRecord
{
    /// <summary>The fields as they are sent, by the API's own names.</summary>
    JsonBody Fields { get; }
}
