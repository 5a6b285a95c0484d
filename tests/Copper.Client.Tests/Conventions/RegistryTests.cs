using System.Reflection;
using Copper.Client.CustomFields;
using Copper.Client.Models;
using Copper.Client.Tests.Support;
using Copper.Client.Webhooks;

namespace Copper.Client.Tests.Conventions;

/// <summary>The registry of entities knows of each kind of record what the rest of the library asks it for.</summary>
public sealed class RegistryTests : ScriptedTest
{
    /// <summary>Models with an id that are no kind of record: they point to a record, or belong to one.</summary>
    private static readonly Dictionary<Type, string> NoEntities = new()
    {
        [typeof(CopperRelatedItem)] = "points to a record of any kind",
        [typeof(CopperRelatedResource)] = "points to a record of any kind",
        [typeof(CopperConnection)] = "joins two records; its path takes them",
        [typeof(CopperConnectionEnd)] = "points to a record of any kind",
        [typeof(CopperFile)] = "belongs to a record, whose path it continues",
        [typeof(CopperCustomFieldOption)] = "comes within its definition",
    };

    public static TheoryData<string> All => [.. CopperEntities.All.Select(static entity => entity.Name)];

    public static TheoryData<string> Searchable => [.. CopperEntities.Searchable.Select(static entity => entity.Name)];

    [Fact]
    public void Every_model_with_an_id_is_registered()
    {
        var models = typeof(CopperPerson).Assembly.GetExportedTypes()
            .Where(static type =>
                type.Namespace == typeof(CopperPerson).Namespace && type is { IsClass: true, IsAbstract: false }
                && typeof(ICopperRecord).IsAssignableFrom(type));

        Assert.All(models, static model => Assert.True(
            NoEntities.ContainsKey(model) || CopperEntities.All.Any(entity => entity.ModelType == model),
            $"{model.Name} is in no entry of CopperEntities. Add an entry and put it into CopperEntities.All, or list the class "
            + "in RegistryTests.NoEntities with the reason."));
    }

    [Fact]
    public void Every_entry_is_in_the_list_of_all()
    {
        var entries = typeof(CopperEntities).GetProperties(BindingFlags.Public | BindingFlags.Static)
            .Where(static property => typeof(CopperEntity).IsAssignableFrom(property.PropertyType));

        Assert.All(entries, static entry => Assert.True(
            CopperEntities.All.Contains((CopperEntity)entry.GetValue(null)!),
            $"CopperEntities.{entry.Name} is missing in CopperEntities.All. Add it there."));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_model_names_its_entity_as_the_registry_does(string name)
    {
        var entity = Entity(name);
        var model = (ICopperRecord)Activator.CreateInstance(entity.ModelType)!;

        Assert.True(
            model.GetEntityType() == entity.Name,
            $"{entity.ModelType.Name}.GetEntityType says '{model.GetEntityType()}', its entry in CopperEntities '{entity.Name}'. "
            + "Use the same constant of CopperEntityNames in both.");
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Custom_fields_and_pointers_go_together(string name)
    {
        var entity = Entity(name);

        Assert.True(
            entity.IsPrimary == typeof(ICustomFieldRecord).IsAssignableFrom(entity.ModelType),
            $"The entry of {name} in CopperEntities says IsPrimary = {entity.IsPrimary}, but its model does "
            + $"{(entity.IsPrimary ? "not " : string.Empty)}implement ICustomFieldRecord.");
        Assert.True(
            entity.IsPrimary == CopperEntityNames.PrimaryPaths.TryGetValue(name, out var path) && (path is null || path == entity.Path),
            $"CopperEntityNames.PrimaryPaths and the entry of {name} in CopperEntities differ. Add the singular and the plural "
            + "word there, or take them out.");
        Assert.True(
            entity.IsPrimary == entity.RelatedEntities.Count > 0,
            $"The entry of {name} in CopperEntities lacks RelatedEntities, or has some although it is no primary kind of record.");
    }

    [Fact]
    public void Relations_hold_in_both_directions() => Assert.All(
        CopperEntities.Primary.SelectMany(
            static entity =>
                entity.RelatedEntities.Select(partner => (entity, Partner: CopperEntities.GetPrimary(partner)))),
        static pair => Assert.True(
            pair.Partner.RelatedEntities.Contains(pair.entity.Name),
            $"A {pair.entity} can be related to a {pair.Partner}, but RelatedEntities of {pair.Partner} lacks {pair.entity}. Add "
            + "it in CopperEntities."));

    [Theory]
    [MemberData(nameof(Searchable))]
    public void There_are_notifications_of_what_can_be_searched_and_their_records_can_be_read(string name)
    {
        var entity = Entity(name);

        Assert.True(entity.WebhookType is not null,
            $"The entry of {name} in CopperEntities lacks WebhookType: the word of webhooks for it.");
        Assert.True(entity.UpdatedSinceFilter is not null,
            $"The entry of {name} in CopperEntities lacks UpdatedSinceFilter: the criterion by which a catch-up finds updates.");
        Assert.True(
            new WebhookRecords(Client()).Types.Contains(entity.WebhookType),
            $"WebhookRecords cannot read the records of notifications of {entity.WebhookType}. Add the endpoint of "
            + $"{entity.Plural} in its constructor.");
        Assert.Contains(entity.WebhookType, WebhookWords.Types);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void The_dates_of_a_model_are_known_to_the_registry(string name)
    {
        var entity = Entity(name);
        var created = entity.ModelType.GetProperty("DateCreated");
        var modified = entity.ModelType.GetProperty("DateModified");
        var model = (ICopperRecord)Activator.CreateInstance(entity.ModelType)!;
        var (first, second) = (DateTimeOffset.FromUnixTimeSeconds(1), DateTimeOffset.FromUnixTimeSeconds(2));
        created?.SetValue(model, first);
        modified?.SetValue(model, second);

        Assert.True(
            entity.DatesOf(model) == (created is null ? null : first, modified is null ? null : second),
            $"The entry of {name} in CopperEntities does not read the dates of {entity.ModelType.Name}. Set Dates = static record "
            + "=> (record.DateCreated, record.DateModified).");
        Assert.True(
            entity.CanFilterByCreation == typeof(IDatedRecord).IsAssignableFrom(entity.ModelType),
            $"{entity.ModelType.Name} {(entity.CanFilterByCreation ? "does not implement" : "implements")} IDatedRecord, "
            + $"but the sort fields of {name} in CopperEntities {(entity.CanFilterByCreation ? "have" : "lack")} date_created.");
    }

    [Theory]
    [MemberData(nameof(Searchable))]
    public void The_client_has_an_endpoint_for_what_can_be_searched(string name)
    {
        var type = typeof(RecordEndpoint<>).MakeGenericType(Entity(name).ModelType);

        Assert.True(
            typeof(CopperClient).GetProperties().Any(property => property.PropertyType == type),
            $"CopperClient has no property of the type RecordEndpoint<{Entity(name).ModelType.Name}>. Add one for {Entity(name).Plural}.");
    }

    [Fact]
    public void A_custom_field_is_available_on_the_primary_kinds_by_their_singular_words()
    {
        var definition =
            new CopperCustomFieldDefinition { Id = 1, AvailableOn = [.. CopperEntities.Primary.Select(static entity => entity.Name)] };

        Assert.All(CopperEntities.Primary, entity => Assert.Single(new CustomFieldCatalog([definition]).Of(entity.Name)));
    }

    [Fact]
    public void Both_words_of_a_kind_of_record_find_it_in_any_case()
    {
        Assert.Same(CopperEntities.Person, CopperEntities.FindPrimary("PEOPLE"));
        Assert.Same(CopperEntities.Person, CopperEntities.GetPrimary("Person"));
        Assert.Null(CopperEntities.FindPrimary("deal"));
        Assert.Null(CopperEntities.FindPrimary("activity"));
        Assert.Null(CopperEntities.FindPrimary(null));
    }

    private static CopperEntity Entity(string name) => CopperEntities.All.Single(entity => entity.Name == name);
}
