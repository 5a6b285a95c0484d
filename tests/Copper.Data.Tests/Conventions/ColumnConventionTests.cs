using System.Reflection;
using Copper.Client;
using Copper.Client.Models;
using Copper.Data.Columns;
using Copper.Data.Plans;
using Copper.Data.Tests.Support;

namespace Copper.Data.Tests.Conventions;

/// <summary>Every property of a record is a column, or is left out for a reason: a new one cannot be forgotten.</summary>
public sealed class ColumnConventionTests
{
    public static TheoryData<string> Entities => [.. CopperEntities.Searchable.Select(static entity => entity.Name)];

    [Theory]
    [MemberData(nameof(Entities))]
    public void Every_property_is_a_column_or_is_excluded_with_a_reason(string entity)
    {
        var map = MapOf(entity);
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
        var map = MapOf(entity);

        Assert.Empty(map.Columns.SelectMany(static column => column.Properties).Concat(map.Excluded.Keys).Except(PropertiesOf(entity)));
        Assert.Empty(map.Excluded.Keys.Intersect(map.Columns.SelectMany(static column => column.Properties)));
        Assert.All(map.Excluded.Values, static reason => Assert.EndsWith(".", reason));
    }

    [Theory]
    [MemberData(nameof(Entities))]
    public void A_column_is_written_to_a_field_or_says_why_not(string entity)
    {
        foreach (var column in MapOf(entity).Columns)
        {
            Assert.True(column.CanBeWritten ? column.Field is not null : column.WhyReadOnly!.EndsWith('.'), column.Name);
            Assert.True((column.Kind == ColumnKind.ListName) == (column.List != NameList.None), column.Name);
        }
    }

    [Theory]
    [MemberData(nameof(Entities))]
    public void A_record_has_the_columns_of_its_entity(string entity)
    {
        var record = (ICopperRecord)Activator.CreateInstance(ModelOf(entity))!;

        Assert.True(
            ColumnMap.Of(record) == MapOf(entity),
            $"ColumnMap.Of does not return the columns of a {record.GetType().Name}. Add the class to the list there.");
    }

    [Theory]
    [MemberData(nameof(Entities))]
    public void A_plan_can_write_every_entity(string entity)
    {
        using var account = new SandboxAccount();

        Assert.True(
            RecordAccess.Order.Contains(entity),
            $"RecordAccess.Order lacks {entity}. Add it behind the entities that it refers to, and its endpoint in RecordAccess.Of.");
        Assert.Equal(entity, RecordAccess.Of(account.Client, entity).Entity.Name);
    }

    /// <summary>Files that people keep have these headings, so that a column is added but never renamed.</summary>
    [Fact]
    public void The_columns_of_a_person_stay_as_they_are()
    {
        string[] known =
        [
            .. ("Id Name Prefix FirstName MiddleName LastName Suffix Title Company CompanyId ContactType Assignee Email Email2 Email3 "
            + "Phone Phone2 Phone3 Street City State PostalCode Country Website Social Tags Details MonetaryValue MonetaryUnit "
            + "ConvertedValue ConvertedUnit "
            + "InteractionCount DateLastContacted DateLeadCreated DateCreated DateModified").Split(' '),
        ];
        var present = MapOf("person").Columns.Select(static column => column.Name).ToArray();

        Assert.True(
            known.SequenceEqual(present),
            "The columns of a person changed. Files of users have them, so keep their names and order, and write a new one into this test "
            + $"at the place that it has in ColumnMap.cs. New: {Listed(present.Except(known))}. Gone: {Listed(known.Except(present))}.");
    }

    [Fact]
    public void Headings_differ_whatever_the_case()
    {
        Assert.All(ColumnMap.All, static map => Assert.Equal(
            map.Columns.Count, map.Columns.Select(static column => column.Name).Distinct(StringComparer.OrdinalIgnoreCase).Count()));
    }

    private static string Listed(IEnumerable<string> names) => names.Any() ? string.Join(", ", names) : "none";

    private static ColumnMap MapOf(string entity)
    {
        var map = ColumnMap.Of(entity);
        Assert.True(map is not null, $"{entity} has no columns. Add a map of its properties to ColumnMap.All in ColumnMap.cs.");
        return map;
    }

    private static Type ModelOf(string entity) => CopperEntities.Searchable.Single(item => item.Name == entity).ModelType;

    private static IEnumerable<string> PropertiesOf(string entity) => ModelOf(entity)
        .GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly)
        .Select(static property => property.Name);
}
