using Copper.Client.Models;

namespace Copper.Client;

/// <summary>What is to change on a person. The company changes by a relation: see <see cref="CopperClient.RelatedItems"/>.</summary>
/// <example><code>await client.People.UpdateAsync(id, new PersonUpdate { Title = null })</code></example>
public sealed class PersonUpdate : PersonFields, IRecordChanges<CopperPerson>
{
    private protected override void Check(JsonBody fields) => CheckParts(fields);
}
