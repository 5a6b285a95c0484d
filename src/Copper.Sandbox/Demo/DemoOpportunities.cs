using Copper.Sandbox.Accounts;
using Copper.Sandbox.Values;

namespace Copper.Sandbox.Demo;

internal static class DemoOpportunities
{
    private const int Part = 4;

    /// <summary>So many deals are won in the present quarter, and so many days lie between two of them.</summary>
    private const int Recent = 4;
    private const int DaysApart = 6;

    private static readonly string[] Statuses = ["Open", "Open", "Open", "Won", "Won", "Lost", "Abandoned"];

    private static readonly string[] Priorities = ["None", "None", "Low", "Medium", "High"];

    public static void Fill(Account account, SandboxOptions options)
    {
        var random = new DemoRandom(options.Seed, Part);
        var calendar = new DemoCalendar(random, options.Opportunities);
        Record[] people = [.. account.People.All.OrderBy(person => person.Id)];
        var won = new List<Record>();
        for (int index = 0; index < options.Opportunities; index++)
        {
            var contact = people.Length == 0 ? null : random.Pick(people);
            var opportunity = DemoAccount.Add(Create(account, random, calendar, index, contact));
            opportunity.Followed = random.Chance(15);
            if (EntitySchemas.Opportunity.Get<string>(opportunity, "status") == "Won")
            {
                won.Add(opportunity);
            }
        }

        WinOfLate(account, won, (options.Clock?.Invoke() ?? DateTimeOffset.UtcNow).UtcDateTime.Date);
    }

    /// <summary>
    /// Some deals are won in the present quarter whatever day it is, so that a report on it has something to show; all other dates of the
    /// account stand still.
    /// </summary>
    private static void WinOfLate(Account account, List<Record> won, DateTime today)
    {
        var quarter = new DateTime(today.Year, (((today.Month - 1) / 3) * 3) + 1, 1);
        for (int i = 0; i < Math.Min(Recent, won.Count); i++)
        {
            var day = today.AddDays(-DaysApart * i);
            won[won.Count - 1 - i].Values[EntitySchemas.Opportunity.IndexOf("close_date")] = CloseDateType.Format(
                new DateTimeOffset(day < quarter ? quarter : day, TimeSpan.Zero), account.DayFirstDates);
        }
    }

    private static RecordDraft Create(Account account, DemoRandom random, DemoCalendar calendar, int index, Record? contact)
    {
        var pipeline = random.Pick(account.Pipelines.Items);
        var stage = random.Pick(pipeline.Stages);
        string status = random.Pick(Statuses);
        bool isClosed = status != "Open";
        object? companyId = contact?.Values[EntitySchemas.Person.IndexOf("company_id")];
        var opportunity = DemoAccount.NewRecord(account, EntitySchemas.Opportunity);
        DemoAccount.SetCommon(opportunity, random, calendar, index);
        long created = (long)opportunity["date_created"]!;
        opportunity["name"] = random.Pick(DemoWords.DealSubjects) + CustomerName(account, contact, companyId);
        opportunity["company_id"] = companyId;
        opportunity["primary_contact_id"] = contact is null ? null : Boxed.Integer(contact.Id);
        opportunity["close_date"] = random.Chance(85)
            ? CloseDateType.Format(SandboxOptions.ReferenceDate.AddDays(isClosed ? -random.Next(400) : random.Next(300)),
                account.DayFirstDates)
            : null;
        opportunity["customer_source_id"] = random.Chance(70) ? Boxed.Integer(random.Pick(account.CustomerSources.Items).Id) : null;
        opportunity["loss_reason_id"] = status == "Lost" ? Boxed.Integer(random.Pick(account.LossReasons.Items).Id) : null;
        opportunity["pipeline_id"] = pipeline.Id;
        opportunity["pipeline_stage_id"] = stage.Id;
        opportunity["win_probability"] = Boxed.Integer(stage.WinProbability);
        opportunity["priority"] = random.Pick(Priorities);
        opportunity["status"] = status;
        opportunity["monetary_value"] = 250m * (1 + random.Next(1000));
        opportunity["monetary_unit"] = "USD";
        opportunity["date_stage_changed"] = calendar.Since(created);
        opportunity["interaction_count"] = Boxed.Integer(0);
        opportunity["custom_fields"] = DemoCustomFields.RandomValues(account, "opportunity", random, 45);
        return opportunity;
    }

    private static string CustomerName(Account account, Record? contact, object? companyId) =>
        companyId is long id ? " for " + EntitySchemas.Company.Get<string>(account.Companies.Find(id)!, "name")
        : contact is not null ? " for " + EntitySchemas.Person.Get<string>(contact, "name")
        : "";
}
