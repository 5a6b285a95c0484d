using Copper.Client.Models;

namespace Copper.Client;

/// <summary>A new type of activities. It cannot be deleted afterwards, only disabled in Copper's settings.</summary>
public sealed class CustomActivityTypeCreate : CustomActivityTypeFields, INewRecord<CopperCustomActivityType>
{
    private protected override void Check(JsonBody fields)
    {
        if (!fields.Contains("name") || string.IsNullOrWhiteSpace(fields["name"] as string))
        {
            throw new ArgumentException($"A new type of activities needs a name: set {nameof(Name)}.");
        }
    }
}
