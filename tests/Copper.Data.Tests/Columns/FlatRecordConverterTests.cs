using Copper.Client;
using Copper.Client.Models;
using Copper.Data.Columns;
using Copper.Data.Tests.Support;

namespace Copper.Data.Tests.Columns;

/// <summary>Records as flat rows.</summary>
public sealed class FlatRecordConverterTests : IDisposable
{
    private readonly SandboxAccount _account = new();

    public void Dispose() => _account.Dispose();

    [Fact]
    public async Task Each_record_of_an_entity_has_the_same_headings()
    {
        var converter = new FlatRecordConverter(_account.Client);
        var headings = new HashSet<string>();
        await foreach (var person in _account.Client.People.Search(new SearchQuery()))
        {
            await converter.LoadAsync(person);
            headings.Add(string.Join("|", converter.Convert(person).Cells.Select(static cell => cell.Key)));
        }

        Assert.Single(headings);
        Assert.Empty(converter.TakeWarnings());
    }

    [Fact]
    public async Task Names_stand_in_place_of_ids_and_each_list_is_read_once()
    {
        var deals = new List<CopperOpportunity>();
        await foreach (var deal in _account.Client.Opportunities.Search(new SearchQuery()))
        {
            deals.Add(deal);
        }

        _account.Sandbox.ClearJournal();
        var converter = new FlatRecordConverter(_account.Client);
        var names = new RecordNames(_account.Client);
        await names.LoadListAsync(NameList.PipelineStages);
        foreach (var deal in deals)
        {
            await converter.LoadAsync(deal);
            var row = converter.Convert(deal).Cells.ToDictionary(static cell => cell.Key, static cell => cell.Value);
            Assert.Equal(names.NameOf(NameList.PipelineStages, deal.PipelineStageId), row["Stage"]);
        }

        Assert.Equal(_account.Requests.Count, _account.Requests.Distinct().Count());
    }

    [Fact]
    public async Task A_list_that_cannot_be_had_is_one_warning_and_ids_stand_there()
    {
        using var client = _account.Connect(new RejectingHandler("/users"));
        var converter = new FlatRecordConverter(client);
        var warnings = new List<string>();
        var assignees = new List<object?>();
        await foreach (var person in client.People.Search(new SearchQuery()))
        {
            await converter.LoadAsync(person);
            warnings.AddRange(converter.TakeWarnings());
            assignees.Add(converter.Convert(person).Cells.Single(static cell => cell.Key == "Assignee").Value);
        }

        Assert.Single(warnings);
        Assert.Contains(assignees, static id => id is string text && text.All(char.IsDigit));
    }

    [Fact]
    public async Task Headings_of_custom_fields_are_found_again()
    {
        var map = ColumnMap.Of("person")!;
        var fields = new[] { Field(7, "Region"), Field(8, "region"), Field(9, "Name"), Field(10, ""), Field(11, "=cmd") };
        var headings = CustomFieldHeadings.Of(map, fields.Select(static field => (field.Id, (string?)field.Name)), isSafe: true).ToArray();

        Assert.Equal(["Region", "region (8)", "Name (9)", "10", "'=cmd"], headings.Select(static heading => heading.Heading));
        Assert.Equal(2, CustomFieldHeadings.Find(map, fields, "Region").Count);
        Assert.Equal([8, 9, 10, 11], headings.Skip(1)
            .Select(heading => CustomFieldHeadings.Find(map, fields, heading.Heading).Single().Id));
        Assert.Empty(CustomFieldHeadings.Find(map, fields, "Rank"));
        await Task.CompletedTask;
    }

    private static CopperCustomFieldDefinition Field(long id, string name) => new() { Id = id, Name = name, DataType = "String" };
}
