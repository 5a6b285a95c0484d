using System.Globalization;
using Copper.Client;
using Copper.Data.Import;
using Copper.Data.Plans;
using Copper.Data.Tests.Support;

namespace Copper.Data.Tests.Import;

/// <summary>The requests of an import of 5,000 rows into an account of 20,000 people.</summary>
public sealed class ImportRequestTests : IDisposable
{
    private readonly SandboxAccount _account = new(static options =>
    {
        options.People = 20_000;
        options.Companies = 100;
        options.Leads = options.Opportunities = options.Tasks = options.Projects = options.Activities = 1;
        options.JournalCapacity = 10_000;
    });

    public void Dispose() => _account.Dispose();

    [Fact]
    public async Task Plan_and_run_take_few_requests_and_the_same_file_again_writes_nothing()
    {
        var rows = await RowsAsync();
        var byEmail = new ImportOptions { Entity = "person", MatchOn = ["Email"] };
        var byNumber = new ImportOptions { Entity = "person", MatchOn = ["PhoneNumber", "Email", "Name+CompanyName"] };

        // Few rows are searched for, and not all people are read.
        await PlanAsync(byEmail, rows.Take(3).ToArray(), 4);

        // No search tells phone numbers for sure: all people are read.
        await PlanAsync(byNumber, rows, 110);

        var plan = await PlanAsync(byEmail, rows, 110);
        Assert.Equal(
            (2500, 2500),
            (plan.Steps.Count(static step => step.Action == PlanAction.Create),
                plan.Steps.Count(static step => step.Action == PlanAction.Update)));

        _account.Sandbox.ClearJournal();
        await foreach (var result in new PlanRunner(_account.Client, new PlanRunnerOptions { IsFresh = true }).RunAsync(plan))
        {
            Assert.True(result.Status == PlanStatus.Done, result.Reason);
        }

        Assert.InRange(_account.Requests.Count, 1, 500);
        var again = await PlanAsync(byEmail, rows, 110);
        Assert.All(again.Steps, static step => Assert.True(step.Action == PlanAction.Skip, $"{step}: {step.Changes} {step.Reason}"));
    }

    private async Task<ChangePlan> PlanAsync(ImportOptions options, IReadOnlyList<ImportRow> rows, int most)
    {
        using var client = _account.Connect();
        _account.Sandbox.ClearJournal();
        var plan = await new ImportPlanner(client, options).PlanAsync(rows);
        Assert.InRange(_account.Requests.Count, 1, most);
        Assert.Empty(_account.Writes);
        return plan;
    }

    /// <summary>2,500 people who are there, with another title, and 2,500 new ones.</summary>
    private async Task<IReadOnlyList<ImportRow>> RowsAsync()
    {
        var rows = new List<ImportRow>();
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        await foreach (var person in _account.Client.People.Search(new SearchQuery()))
        {
            if (rows.Count == 2500)
            {
                break;
            }

            if (person.Email is { } email && person.Name is { } name && person.CompanyName is { } company && seen.Add(email)
                && seen.Add(name))
            {
                rows.Add(Row(name, email, string.Empty, company));
            }
        }

        var companyOfNew = (string)rows[0]["Company"]!;
        rows.AddRange(Enumerable.Range(1, 2500).Select(number => Row(
            $"Import Person{Text(number)}", $"import{Text(number)}@new.example", $"+9912{Text(number + 1_000_000)}", companyOfNew)));
        return rows;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static ImportRow Row(string name, string email, string phone, string company) =>
        new([new("Name", name), new("Email", email), new("Phone", phone), new("Title", "Imported"), new("Company", company)]);
}
