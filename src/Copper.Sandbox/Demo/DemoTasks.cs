using Copper.Sandbox.Accounts;
using Copper.Sandbox.Values;

namespace Copper.Sandbox.Demo;

internal static class DemoProjects
{
    private const int Part = 5;

    public static void Fill(Account account, SandboxOptions options)
    {
        var random = new DemoRandom(options.Seed, Part);
        var calendar = new DemoCalendar(random, options.Projects);
        Record[] companies = [.. account.Companies.All.OrderBy(company => company.Id)];
        for (int index = 0; index < options.Projects; index++)
        {
            var company = companies.Length == 0 ? null : random.Pick(companies);
            var project = DemoAccount.NewRecord(account, EntitySchemas.Project);
            DemoAccount.SetCommon(project, random, calendar, index);
            project["name"] = random.Pick(DemoWords.ProjectSubjects)
                + (company is null ? "" : " for " + EntitySchemas.Company.Get<string>(company, "name"));
            project["related_resource"] = company is null ? null : new ResourceReference("company", company.Id);
            project["status"] = random.Chance(60) ? "Open" : "Completed";
            project["custom_fields"] = DemoCustomFields.RandomValues(account, "project", random, 50);
            DemoAccount.Add(project).Followed = random.Chance(20);
        }
    }
}

internal static class DemoTasks
{
    private const int Part = 6;

    private static readonly string[] ParentTypes = ["person", "company", "opportunity", "lead", "project"];

    public static void Fill(Account account, SandboxOptions options)
    {
        var random = new DemoRandom(options.Seed, Part);
        var calendar = new DemoCalendar(random, options.Tasks);
        for (int index = 0; index < options.Tasks; index++)
        {
            bool isCompleted = random.Chance(40);
            var task = DemoAccount.NewRecord(account, EntitySchemas.Task);
            DemoAccount.SetCommon(task, random, calendar, index);
            long created = (long)task["date_created"]!;
            long due = created + ((1 + random.Next(120)) * 24 * 3600L);
            task["name"] = random.Pick(DemoWords.TaskSubjects);
            task["related_resource"] = random.Chance(85) ? DemoActivities.PickParent(account, random, ParentTypes) : null;
            task["due_date"] = random.Chance(85) ? due : null;
            task["reminder_date"] = random.Chance(30) ? due - (24 * 3600L) : null;
            task["completed_date"] = isCompleted ? calendar.Since(created) : null;
            task["priority"] = random.Chance(25) ? "High" : "None";
            task["custom_activity_type_id"] = account.DefaultTaskType;
            task["status"] = isCompleted ? "Completed" : "Open";
            task["custom_fields"] = DemoCustomFields.RandomValues(account, "task", random, 40);
            DemoAccount.Add(task).Followed = random.Chance(20);
        }
    }
}
