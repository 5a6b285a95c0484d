using System.Text.RegularExpressions;
using Copper.Client.Entities;

namespace Copper.Client.Tests.Conventions;

/// <summary>Every property of a record is a column of its flat row, or is left out for a reason. The column map is read as text.</summary>
public sealed class FlatColumnTests
{
    /// <summary>Properties that are no columns, with the reason.</summary>
    private static readonly Dictionary<string, string> Excluded = new(StringComparer.Ordinal)
    {
        ["AdditionalMembers"] = "stand in the column of the member that they could not be converted to",
        ["CustomFields"] = "have columns of their own, one for each definition",
        ["CopperPerson.Email"] = "is the first of Emails",
        ["CopperPerson.LeadsConvertedFrom"] = "is a list of objects, which no cell holds",
        ["CopperLead.Email"] = "is the first of Emails",
        ["CopperCompany.EmailDomains"] = "is a list whose first item is EmailDomain",
        ["CopperOpportunity.LeadsConvertedFrom"] = "is a list of objects, which no cell holds",
        ["CopperOpportunity.PipelineType"] = "is a property of the pipeline, which has a column",
        ["CopperOpportunity.PipelineIsRevenue"] = "is a property of the pipeline, which has a column",
        ["CopperActivity.IsDeleted"] = "a deleted activity has no other value to show",
    };

    /// <summary>Columns that the entities share.</summary>
    private static readonly string[] Shared = ["Id", "Tags", "Address"];

    private static readonly Lazy<string> Map = new(static () => string.Join('\n', SourceTree.Projects
        .SelectMany(SourceTree.Files)
        .Where(static file => Path.GetFileName(file.Path).Contains("Column", StringComparison.Ordinal))
        .SelectMany(static file => file.Lines)));

    public static TheoryData<string> Properties => [..
        from entity in CopperEntities.Searchable
        from property in entity.ModelType.GetProperties()
        select $"{entity.ModelType.Name}.{property.Name}"];

    [Theory]
    [MemberData(nameof(Properties))]
    public void A_property_is_a_column_or_is_left_out_for_a_reason(string property)
    {
        var (model, name) = (property.Split('.')[0], property.Split('.')[1]);

        Assert.True(
            Shared.Contains(name)
            || Excluded.ContainsKey(name)
            || Excluded.ContainsKey(property)
            || Regex.IsMatch(Map.Value, $@"<{model}[>,][^\n]*\.{name}\b"),
            $"{property} has no column in the flat row. Add it to the column map (FlatColumns), or to FlatColumnTests.Excluded with the reason.");
    }

    [Fact]
    public void What_is_left_out_exists()
    {
        var properties = CopperEntities.Searchable.SelectMany(static entity => entity.ModelType.GetProperties().SelectMany(
            property => new[] { property.Name, $"{entity.ModelType.Name}.{property.Name}" })).ToHashSet(StringComparer.Ordinal);

        Assert.All(Excluded.Keys, name => Assert.True(properties.Contains(name), $"There is no property {name} any more. Delete it from FlatColumnTests.Excluded."));
    }
}
