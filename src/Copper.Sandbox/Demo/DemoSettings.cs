using Copper.Sandbox.Accounts;
using Copper.Sandbox.Values;

namespace Copper.Sandbox.Demo;

/// <summary>Users, reference lists and custom fields of the demo account.</summary>
internal static class DemoSettings
{
    private static readonly string[] UserNames =
    [
        "Dana Demo", "Alice Archer", "Bruno Keller", "Carla Mendes", "Devon Price", "Elif Kaya", "Frank Osborne", "Greta Lind",
        "Hiro Tanaka", "Ines Moreau", "Jonas Weber", "Kim Sutherland", "Luca Ferrari", "Maya Patel", "Nils Holm", "Olga Petrova",
        "Pedro Santos", "Quinn Murphy", "Rosa Jimenez", "Samir Haddad", "Tara Byrne", "Uwe Brandt", "Vera Novak", "Will Chambers",
        "Yara Cohen",
    ];

    public static void Fill(Account account, SandboxOptions options)
    {
        AddUsers(account, options);
        if (options.IsNew)
        {
            FillNew(account);
            return;
        }

        AddNamed(account.ContactTypes, 451_490, "Potential Customer", "Current Customer", "Uncategorized", "Partner", "Supplier");
        AddNamed(account.CustomerSources, 331_240, "Email", "Cold Call", "Advertising", "Referral", "Trade Fair", "Website");
        AddNamed(account.LossReasons, 308_950, "Price", "Features", "Competitor", "Timing", "No Response");
        AddNamed(account.LeadStatuses, 208_231, "New", "Unqualified", "Contacted", "Qualified");
        AddPipeline(account, 213_214, "Sales", ("Qualified", 5), ("Follow-up", 12), ("Presentation", 40), ("Contract Sent", 75),
            ("Negotiation", 90));
        AddPipeline(account, 213_215, "Renewals", ("Due", 60), ("Offer Sent", 75), ("Confirmed", 95));
        AddPipeline(account, 213_216, "Partnerships", ("First Contact", 10), ("Evaluation", 35), ("Agreement", 80));
        AddActivityType(account, "Phone Call", "Phone", isInteraction: true);
        AddActivityType(account, "Meeting", "Group", isInteraction: true);
        AddActivityType(account, "Site Visit", "Navigation", isInteraction: true);
        AddActivityType(account, "Newsletter Sent", "Send", isInteraction: false);
        AddActivityType(account, "Fax", "Message", isInteraction: true, isDisabled: true);
        AddActivityType(account, "To Do", "Todo", isInteraction: false, isDefaultTaskType: true);
        DemoCustomFields.Fill(account);
    }

    /// <summary>Other ids than those of the demo account, so that nothing is right by chance.</summary>
    private static void FillNew(Account account)
    {
        AddNamed(account.ContactTypes, 951_490, "Potential Customer", "Current Customer", "Uncategorized", "Other");
        AddNamed(account.CustomerSources, 931_240, "Email", "Cold Call", "Advertising");
        AddNamed(account.LossReasons, 908_950, "Price", "Features", "Competitor");
        AddNamed(account.LeadStatuses, 908_231, "New", "Unqualified", "Contacted", "Qualified");
        AddPipeline(account, 913_214, "Sales", ("Qualified", 5), ("Follow-up", 12), ("Presentation", 40), ("Contract Sent", 75),
            ("Negotiation", 90));
        AddActivityType(account, "Phone Call", "Phone", isInteraction: true);
        AddActivityType(account, "Meeting", "Group", isInteraction: true);
        AddActivityType(account, "To Do", "Todo", isInteraction: false, isDefaultTaskType: true);
    }

    private static void AddUsers(Account account, SandboxOptions options)
    {
        string domain = EmailAddress.IsValid(options.UserEmail) ? EmailAddress.Domain(options.UserEmail) : "copper.example";
        for (int index = 0; index < UserNames.Length; index++)
        {
            string email = index == 0 ? options.UserEmail : DemoText.ToAddressPart(UserNames[index], '.') + "@" + domain;
            account.Users.Add(new User(1001 + index, UserNames[index], email));
        }
    }

    private static void AddNamed(ReferenceList<NamedItem> list, long firstId, params string[] names)
    {
        foreach (string name in names)
        {
            list.Add(new NamedItem(firstId++, name));
        }
    }

    private static void AddPipeline(Account account, long id, string name, params (string Name, int WinProbability)[] stages)
    {
        long firstStageId = (id * 10) - 1_100_000;
        account.Pipelines.Add(new Pipeline(id, name, [.. stages.Select((stage, index) =>
            new PipelineStage(firstStageId + index, stage.Name, id, stage.WinProbability))]));
    }

    private static void AddActivityType(Account account, string name, string icon, bool isInteraction, bool isDisabled = false,
        bool isDefaultTaskType = false)
    {
        var type = DemoAccount.NewRecord(account, EntitySchemas.CustomActivityType);
        type["name"] = name;
        type["icon_type"] = icon;
        type["is_interaction"] = isInteraction;
        type["is_disabled"] = isDisabled;
        type["is_default_task_type"] = isDefaultTaskType;
        DemoAccount.Add(type);
    }
}
