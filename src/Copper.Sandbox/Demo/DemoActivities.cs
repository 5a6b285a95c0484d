using Copper.Sandbox.Accounts;
using Copper.Sandbox.Values;

namespace Copper.Sandbox.Demo;

internal static class DemoActivities
{
    private const int Part = 7;

    private static readonly string[] ParentTypes = ["person", "person", "company", "opportunity", "lead", "project", "task"];

    private static readonly ActivityTypeKey[] Types =
    [
        ActivityTypeKey.Note,
        ActivityTypeKey.Note,
        new("user", 1),
        new("user", 2),
        new("user", 3),
        ActivityTypeKey.PropertyChanged,
    ];

    public static void Fill(Account account, SandboxOptions options)
    {
        var random = new DemoRandom(options.Seed, Part);
        var calendar = new DemoCalendar(random, options.Activities);
        for (int index = 0; index < options.Activities; index++)
        {
            if (PickParent(account, random, ParentTypes) is { } parent)
            {
                DemoAccount.Add(Create(account, random, calendar, index, parent));
            }
        }

        foreach (var group in account.Activities.All
            .GroupBy(activity => EntitySchemas.Activity.Get<ResourceReference>(activity, "parent")!))
        {
            account.SetInteractions(group.Key, group);
        }
    }

    /// <summary>Any record of one of the types; null if the account has none of the type drawn.</summary>
    public static ResourceReference? PickParent(Account account, DemoRandom random, string[] types)
    {
        string type = random.Pick(types);
        var table = account.Table(EntitySchemas.FindByType(type)!);
        return table.Count == 0 ? null : new ResourceReference(type, table.FirstId + random.Next(table.Count));
    }

    private static RecordDraft Create(
        Account account, DemoRandom random, DemoCalendar calendar, int index, ResourceReference parent)
    {
        long created = calendar.CreatedAt(index);
        var type = random.Pick(Types);
        bool isSystem = type.Category == "system";
        var activity = DemoAccount.NewRecord(account, EntitySchemas.Activity);
        activity["parent"] = parent;
        activity["type"] = type;
        activity["user_id"] = Boxed.Integer(random.Pick(account.Users.Items).Id);
        activity["details"] = isSystem ? null : random.Pick(DemoWords.Notes);
        activity["old_value"] = isSystem ? new RawJson("{\"name\":\"details\",\"value\":null}") : null;
        activity["new_value"] = isSystem ? new RawJson("{\"name\":\"details\",\"value\":\"" + random.Pick(DemoWords.Notes) + "\"}") : null;
        activity["activity_date"] = random.Chance(3) ? created + (60 * 24 * 3600L) : created;
        activity["date_created"] = created;
        activity["date_modified"] = created;
        return activity;
    }
}
