using Copper.Client.Models;

namespace Copper.Client;

/// <summary>A new person.</summary>
/// <example><code>await client.People.CreateAsync(new PersonCreate { Name = "Ada Lovelace", Assignee = "me" })</code></example>
public sealed class PersonCreate : PersonFields, INewRecord<CopperPerson>
{
    /// <summary>The id of the company.</summary>
    public long? CompanyId
    {
        get => Get<long?>();
        set => Set(value);
    }

    /// <summary>The name of the company, which the service finds or creates.</summary>
    public string? CompanyName
    {
        get => Get<string>();
        set => Set(value);
    }

    private protected override void Check(JsonBody fields) => ComposeName(fields);
}
