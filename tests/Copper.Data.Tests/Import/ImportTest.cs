using System.Globalization;
using Copper.Client;
using Copper.Client.Models;
using Copper.Data.Columns;
using Copper.Data.Import;
using Copper.Data.Plans;
using Copper.Data.Tests.Plans;

namespace Copper.Data.Tests.Import;

/// <summary>Imports into an account of the sandbox, and files that were exported from it.</summary>
public abstract class ImportTest : PlanTest
{
    internal static ImportRow Row(params (string Heading, object? Cell)[] cells) =>
        new(cells.Select(static cell => new KeyValuePair<string, object?>(cell.Heading, cell.Cell)));

    internal static ImportRow With(ImportRow row, string heading, object? cell)
    {
        Assert.Contains(heading, row.Headings);
        return new ImportRow(row.Headings.Select(name => new KeyValuePair<string, object?>(name, name == heading ? cell : row[name])));
    }

    internal static ImportOptions ById(string entity) => new() { Entity = entity, MatchOn = ["Id"] };

    internal static CopperEmail Email(string address, string category = "work") => new() { Email = address, Category = category };

    internal Task<ChangePlan> PlanAsync(ImportOptions options, params ImportRow[] rows) =>
        new ImportPlanner(Client, options).PlanAsync(rows);

    internal async Task ImportAsync(ImportOptions options, params ImportRow[] rows) => Assert.All(
        await RunAsync(Client, await PlanAsync(options, rows)),
        static result => Assert.True(result.Status == PlanStatus.Done, $"{result}: {result.Reason}"));

    internal static void AssertSkipped(ChangePlan plan) =>
        Assert.All(plan.Steps, static step => Assert.True(step.Action == PlanAction.Skip, $"{step}: {step.Reason} {step.Changes}"));

    internal static async Task<T> InAsync<T>(string culture, Func<Task<T>> part)
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
        try
        {
            return await part();
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    /// <summary>A file as Export-Csv writes it: everything is text.</summary>
    internal async Task<List<ImportRow>> ExportAsync(
        string entity, int count = int.MaxValue, bool spreadsheetSafe = false, bool inUtc = false)
    {
        var converter = new FlatRecordConverter(Client, spreadsheetSafe, inUtc);
        var rows = new List<ImportRow>();
        await foreach (var record in RecordAccess.Of(Client, entity).Search(new SearchQuery()))
        {
            if (rows.Count == count)
            {
                break;
            }

            await converter.LoadAsync(record);
            rows.Add(new ImportRow(converter.Convert(record).Cells.Select(static cell =>
                new KeyValuePair<string, object?>(cell.Key, Convert.ToString(cell.Value, CultureInfo.InvariantCulture)))));
        }

        return rows;
    }
}
