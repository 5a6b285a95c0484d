using Copper.Client.Models;

namespace Copper.Client;

/// <summary>A new activity: what was done with a record. Without a type it is a note.</summary>
public sealed class ActivityCreate : ActivityFields, INewRecord<CopperActivity>
{
    private protected override void Check(JsonBody fields)
    {
        if (!fields.Contains("parent") || fields["parent"] is null)
        {
            throw new ArgumentException($"A new activity is about a record: set {nameof(Parent)}.");
        }

        if (!fields.Contains("details") || string.IsNullOrWhiteSpace(fields["details"] as string))
        {
            throw new ArgumentException($"A new activity needs a text: set {nameof(Details)}.");
        }

        if (!fields.Contains("type"))
        {
            // A note (developer.copper.com/activities/list-activity-types).
            fields["type"] = new JsonBody { ["category"] = CopperActivityType.UserCategory, ["id"] = 0 };
        }
    }
}
