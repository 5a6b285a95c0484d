using Copper.Sandbox.Accounts;
using Copper.Sandbox.Values;

namespace Copper.Sandbox.Demo;

/// <summary>Creates the demo account: the same for the same seed and counts, wherever it runs.</summary>
internal static class DemoAccount
{
    public static Account Create(SandboxOptions options)
    {
        var account = new Account
        {
            Name = options.AccountName,
            DayFirstDates = options.DayFirstDates,
            LowerCasesTags = options.LowerCaseTags,
            SearchLag = new SearchLag(options.SearchLagCount, options.SearchLagTime),
        };
        DemoSettings.Fill(account, options);
        if (options.IsNew)
        {
            return account;
        }

        DemoCompanies.Fill(account, options);
        DemoPeople.Fill(account, options);
        DemoLeads.Fill(account, options);
        DemoOpportunities.Fill(account, options);
        DemoProjects.Fill(account, options);
        DemoTasks.Fill(account, options);
        DemoActivities.Fill(account, options);
        DemoConnections.Fill(account, options);
        DemoVariety.Fill(account, options);
        return account;
    }

    /// <summary>An empty record to be filled.</summary>
    public static RecordDraft NewRecord(Account account, EntitySchema schema) =>
        new(account, schema, null, SandboxOptions.ReferenceDate);

    /// <summary>Stores a filled record.</summary>
    public static Record Add(RecordDraft draft)
    {
        var table = draft.Account.Table(draft.Schema);
        var record = new Record(table.NextId(), draft.Values);
        table.Add(record);
        return record;
    }

    /// <summary>Sets what nearly all entities have: owner, tags, text and dates.</summary>
    public static void SetCommon(RecordDraft draft, DemoRandom random, DemoCalendar calendar, int index)
    {
        long created = calendar.CreatedAt(index);
        draft["date_created"] = created;
        draft["date_modified"] = random.Chance(60) ? calendar.Since(created) : created;
        draft["assignee_id"] = random.Chance(85) ? Boxed.Integer(random.Pick(draft.Account.Users.Items).Id) : null;
        draft["tags"] = random.Chance(45) ? random.PickSome(DemoWords.Tags, 1 + random.Next(3)) : Array.Empty<string>();
        draft["details"] = random.Chance(30) ? random.Pick(DemoWords.Notes) : null;
    }
}
