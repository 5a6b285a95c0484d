using System.Text.Json;
using Copper.Sandbox.Accounts;
using Copper.Sandbox.Errors;

namespace Copper.Sandbox.Search;

/// <summary>Whether a record passes.</summary>
internal delegate bool RecordTest(Record record);

/// <summary>One search parameter of an entity.</summary>
/// <param name="Name">Name in the search body.</param>
/// <param name="Compile">Creates a test of the value sent; null if the value restricts nothing.</param>
internal sealed record SearchFilter(string Name, Func<JsonElement, SearchContext, RecordTest?> Compile);

/// <summary>What filters need besides their value.</summary>
internal sealed class SearchContext(Account account, EntitySchema schema, DateTimeOffset now, ValidationErrors errors)
{
    public Account Account { get; } = account;

    public EntitySchema Schema { get; } = schema;

    /// <summary>Now, in Unix seconds.</summary>
    public long Now { get; } = now.ToUnixTimeSeconds();

    public ValidationErrors Errors { get; } = errors;

    /// <summary>Whether leads that were converted are wanted, too.</summary>
    public bool IncludesConverted { get; set; }

    /// <summary>Records an error; the returned null is not used because the search is rejected.</summary>
    public RecordTest? Fail(string filter, string message)
    {
        Errors.Add(filter, message);
        return null;
    }
}
