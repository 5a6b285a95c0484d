using System.Reflection;
using Copper.Client.Entities;
using Copper.Client.Models;
using Copper.Data.Columns;

namespace Copper.Data.Tests.Conventions;

/// <summary>Every property of a record is a column, or is left out for a reason: a new one cannot be forgotten.</summary>
public sealed class ColumnConventionTests
{
    public static TheoryData<string> Entities => [.. CopperEntities.Searchable.Select(static entity => entity.Name)];

    [Theory]
    [MemberData(nameof(Entities))]
    public void Every_property_is_a_column_or_is_excluded_with_a_reason(string entity)
    {
        var map = ColumnMap.Of(entity)!;
        var covered = map.Columns.SelectMany(static column => column.Properties).Concat(map.Excluded.Keys).ToHashSet();

        var forgotten = PropertiesOf(entity).Where(property => !covered.Contains(property));

        Assert.True(
            !forgotten.Any(),
                $"{entity}: give these properties a column in ColumnMap.cs, or exclude them with a reason: {string.Join(", ", forgotten)}");
    }

    [Theory]
    [MemberData(nameof(Entities))]
    public void Columns_and_exclusions_name_properties_that_there_are(string entity)
    {
        var map = ColumnMap.Of(entity)!;

        Assert.Empty(map.Columns.SelectMany(static column => column.Properties).Concat(map.Excluded.Keys).Except(PropertiesOf(entity)));
        Assert.Empty(map.Excluded.Keys.Intersect(map.Columns.SelectMany(static column => column.Properties)));
        Assert.All(map.Excluded.Values, static reason => Assert.EndsWith(".", reason));
    }

    [Theory]
    [MemberData(nameof(Entities))]
    public void A_column_is_written_to_a_field_or_says_why_not(string entity)
    {
        foreach (var column in ColumnMap.Of(entity)!.Columns)
        {
            Assert.True(column.CanBeWritten ? column.Field is not null : column.WhyReadOnly!.EndsWith('.'), column.Name);
            Assert.True((column.Kind == ColumnKind.ListName) == (column.List != NameList.None), column.Name);
        }
    }

    [Fact]
    public void The_columns_of_a_person_stay_as_they_are()
    {
        Assert.Equal(
            "Id Name Prefix FirstName MiddleName LastName Suffix Title Company CompanyId ContactType Assignee Email Email2 Email3 "
            + "Phone Phone2 Phone3 Street City State PostalCode Country Website Social Tags Details MonetaryValue MonetaryUnit "
            + "ConvertedValue ConvertedUnit "
            + "InteractionCount DateLastContacted DateLeadCreated DateCreated DateModified",
            string.Join(" ", ColumnMap.Of("person")!.Columns));
    }

    [Fact]
    public void Headings_differ_whatever_the_case()
    {
        Assert.All(ColumnMap.All, static map => Assert.Equal(
            map.Columns.Count, map.Columns.Select(static column => column.Name).Distinct(StringComparer.OrdinalIgnoreCase).Count()));
    }

    private static IEnumerable<string> PropertiesOf(string entity) => typeof(CopperPerson).Assembly.GetTypes()
        .Single(type => type.IsClass && type.Namespace == typeof(CopperPerson).Namespace
            && string.Equals(type.Name, "Copper" + entity, StringComparison.OrdinalIgnoreCase))
        .GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly)
        .Select(static property => property.Name);
}
