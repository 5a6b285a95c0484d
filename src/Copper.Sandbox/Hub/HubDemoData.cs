using System.Globalization;

namespace Copper.Sandbox.Hub;

/// <summary>A small studio and its clients: enough to try every command on. Always the same.</summary>
internal static class HubDemoData
{
    private static readonly (string Name, string City, string State)[] Clients =
    [
        ("Aurora Robotics", "Portland", "Oregon"),
        ("Blue Heron Café", "Seattle", "Washington"),
        ("Cedar & Sons", "Boise", "Idaho"),
        ("Delta Freight", "Reno", "Nevada"),
    ];

    private static readonly (string Name, string Description)[] Work =
    [
        ("Website relaunch", "New design, new shop, old content."),
        ("Mobile app", "Orders and notifications for iOS and Android."),
        ("Brand book", "Logo, colours, letters."),
    ];

    private static readonly string[] Steps = ["Kick-off", "Draft", "Review", "Hand-over"];

    public static void Fill(HubState state)
    {
        foreach (var (name, city, region) in Clients)
        {
            var client = state.Organisations.Add();
            client["Name"] = name;
            client["City"] = city;
            client["State"] = region;
            client["Manager"] = "1";
            client["Colour"] = HubSchema.DefaultColour;
            client["URL"] = "https://" + name.Split(' ')[0].ToLowerInvariant() + ".example/";
            foreach (var (title, description) in Work)
            {
                AddProject(state, client, title, description);
            }
        }
    }

    private static void AddProject(HubState state, HubRecord client, string title, string description)
    {
        var project = state.Projects.Add();
        var start = new DateTime(2026, 1, 5).AddDays(7 * project.Id);
        project["ClientID"] = HubNumbers.Text(client.Id);
        project["Name"] = $"{title} {client["Name"]!.Split(' ')[0]}";
        project["Description"] = description;

        // The member owns every third one and sees no other.
        project["Owner"] = project.Id % 3 == 0 ? "2" : "1";
        project["Colour"] = HubSchema.DefaultColour;
        project["Status"] = HubNumbers.Text(project.Id % 6);
        project["Active"] = project.Id % 4 == 0 ? "0" : "1";
        project["StartDate"] = Date(start);
        project["EndDate"] = Date(start.AddDays(60));

        // The newest project of each client is not planned yet.
        if (title == Work[Work.Length - 1].Name && client.Id == Clients.Length)
        {
            return;
        }

        for (int step = 0; step < Steps.Length; step++)
        {
            AddTask(state, project, Steps[step], start.AddDays(14 * step), isStarted: step < 2);
        }
    }

    private static void AddTask(HubState state, HubRecord project, string name, DateTime start, bool isStarted)
    {
        var task = state.Tasks.Add();
        task["ProjectID"] = HubNumbers.Text(project.Id);
        task["Name"] = name;
        task["Description"] = $"{name} for {project["Name"]}.";
        task["Owner"] = project["Owner"];
        task["StartDate"] = Date(start);
        task["EndDate"] = Date(start.AddDays(10));
        task["Duration"] = "16";
        task["TargetBudget"] = "1200";
        task["Highlighted"] = name == "Review" ? "1" : "0";
        if (isStarted)
        {
            var comment = state.TaskComments.Add();
            comment["TaskID"] = HubNumbers.Text(task.Id);
            comment["Body"] = name == "Draft" ? "First half is there." : "Everything done.";
            comment["HoursWorked"] = name == "Draft" ? "6" : "4";
            comment["PercentComplete"] = name == "Draft" ? "50" : "100";
            comment["UserID"] = task["Owner"];
        }
    }

    private static string Date(DateTime date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
