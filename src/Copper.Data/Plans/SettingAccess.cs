using System.Collections;
using Copper.Client;
using Copper.Client.Json;
using Copper.Client.Models;
using Copper.Data.Columns;

namespace Copper.Data.Plans;

/// <summary>
/// What a plan does with settings of the account: the definitions of custom fields, and custom activity types. The choices of a field go
/// out with the ids that they have, since the service gives a fresh id to each that comes without one, which loses it in every record.
/// </summary>
/// <param name="client">Whose account it is.</param>
internal sealed class SettingAccess(CopperClient client)
{
    public const string Field = CopperEntityNames.CustomFieldDefinition;
    public const string ActivityType = CopperEntityNames.CustomActivityType;
    public const string Options = "options";
    public const string AvailableOn = "available_on";
    private const string Name = "name";
    private const string Id = "id";
    private const string IconType = "icon_type";

    private static readonly string[] FieldMembers =
        [Name, "canonical_name", "data_type", AvailableOn, "is_filterable", "currency", Options];

    private static readonly string[] TypeMembers = [Name, IconType];

    /// <summary>The words by which plans and journals name them.</summary>
    public static IReadOnlyList<string> Names { get; } = [Field, ActivityType];

    public static bool IsSetting(string entity) => Names.Contains(entity);

    /// <summary>The members that a body may have.</summary>
    public static IReadOnlyList<string> Writable(string entity) => entity == Field ? FieldMembers : TypeMembers;

    /// <summary>What is wrong with a step; null for nothing.</summary>
    public static string? ProblemOf(CopperPlanStep step)
    {
        var fields = step.Body();
        if (step.Action == PlanAction.Delete)
        {
            return step.Entity == ActivityType ? "the service deletes no custom activity type. Disable it in the web app"
                : step.Id is > 0 ? null
                : "a step that deletes a custom field needs its Id";
        }

        if (fields.Names.FirstOrDefault(name => !Writable(step.Entity).Contains(name)) is { } unknown)
        {
            return $"the field '{unknown}' cannot be written to {CopperEntityNames.WithArticle(step.Entity)}. Those that can: "
                + string.Join(", ", Writable(step.Entity));
        }

        var one = CopperEntityNames.WithArticle(step.Entity);
        return step.Action == PlanAction.Update
            ? step.Id is > 0 && fields.Count > 0 ? null : $"a step that updates {one} needs its Id and Fields"
            : step.Id is not null ? $"a step that creates {one} has no Id"
            : fields.Contains(Name) && fields[Name] is string { Length: > 0 } ? null
            : $"a step that creates {one} needs a name in Fields";
    }

    /// <summary>Why an <see cref="UndoPlanner"/> cannot take a step back; null when it can.</summary>
    public static string? WhyFinal(CopperPlanStep step) => (step.Entity, step.Action) switch
    {
        (Field, PlanAction.Delete) => $"The custom field '{step.Name}' went with its values in the records, which no request brings back.",
        (ActivityType, PlanAction.Create) =>
            $"The service deletes no custom activity type: disable '{step.Name}' in the web app.",
        _ => null,
    };

    /// <summary>What a setting holds in the members of a body, as it would be written.</summary>
    public static JsonBody ImageOf(ICopperRecord setting, JsonBody like)
    {
        var whole = BodyOf(setting);
        var image = new JsonBody();
        foreach (var name in like.Names)
        {
            image[name] = whole.Contains(name) ? whole[name] : null;
        }

        return image;
    }

    /// <summary>All that a setting holds, as it would be written.</summary>
    public static JsonBody BodyOf(ICopperRecord setting) => setting is CopperCustomFieldDefinition field
        ? new JsonBody
        {
            [Name] = field.Name,
            ["canonical_name"] = field.CanonicalName,
            ["data_type"] = field.DataType,
            [AvailableOn] = field.AvailableOn.OrderBy(static word => word, StringComparer.Ordinal).ToArray(),
            ["is_filterable"] = field.IsFilterable ?? false,
            ["currency"] = field.Currency,
            [Options] = Ordered(field).Select(static option => OptionOf(option.Id, option.Name)).ToArray(),
        }
        : new JsonBody { [Name] = ((CopperCustomActivityType)setting).Name, [IconType] = ((CopperCustomActivityType)setting).IconType };

    /// <summary>The choices of a field in their order.</summary>
    public static IReadOnlyList<CopperCustomFieldOption> Ordered(CopperCustomFieldDefinition field) =>
        [.. field.Options.OrderBy(static option => option.Rank ?? long.MaxValue)];

    /// <summary>A choice in a body; one that is new has no id yet.</summary>
    public static JsonBody OptionOf(long? id, string? name) =>
        id is { } known ? new JsonBody { [Id] = known, [Name] = name } : new JsonBody { [Name] = name };

    /// <summary>The choices in a body.</summary>
    public static IReadOnlyList<(long? Id, string? Name)> OptionsIn(object? value) =>
        JsonBody.Parse(new JsonBody { ["value"] = value }.ToString())["value"] is IEnumerable list
            ? [.. list.OfType<AdditionalMembers>().Select(static item => (
                item.TryGetValue(Id, out var id) && id is long number ? number : (long?)null,
                item.TryGetValue(Name, out var name) ? name as string : null))]
            : [];

    /// <summary>The value in one line, for people: of choices their names.</summary>
    public static string Shown(string member, object? value) => member == Options
        ? string.Join("; ", OptionsIn(value).Select(static option => option.Name))
        : RecordFields.Shown(value);

    /// <summary>The setting holds what is wanted. A new choice counts as there when one of its name stands in its place.</summary>
    public static bool Holds(JsonBody wanted, JsonBody present) => wanted.Names.All(name =>
    {
        var now = present.Contains(name) ? present[name] : null;
        if (name != Options)
        {
            return RecordFields.AreEqual(name, wanted[name], now);
        }

        var (one, other) = (OptionsIn(wanted[name]), OptionsIn(now));
        return one.Count == other.Count && one.Zip(other, static (left, right) =>
            (left.Id is null || left.Id == right.Id) && string.Equals(left.Name, right.Name, StringComparison.Ordinal)).All(
                static isSame => isSame);
    });

    /// <summary>All settings of a kind as they are now, not as they are cached.</summary>
    public async Task<IReadOnlyList<ICopperRecord>> ReadAsync(string entity, CancellationToken cancellationToken)
    {
        if (entity == Field)
        {
            client.Metadata.CustomFieldDefinitions.Forget();
            return await client.Metadata.CustomFieldDefinitions.GetAsync(cancellationToken).ConfigureAwait(false);
        }

        client.Metadata.CustomActivityTypes.Forget();
        return await client.Metadata.CustomActivityTypes.GetAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The setting that a step would create, when it is there already; null when it is not.</summary>
    public static ICopperRecord? FindCreated(CopperPlanStep step, IEnumerable<ICopperRecord> present)
    {
        var wanted = step.Body();
        return present.FirstOrDefault(setting => BodyOf(setting) is var body
            && RecordFields.AreEqual(Name, body[Name], wanted[Name])
            && (setting is not CopperCustomFieldDefinition field || !wanted.Contains(AvailableOn)
                || RecordFields.AreEqual(AvailableOn, body[AvailableOn], wanted[AvailableOn])
                || EntitiesIn(wanted[AvailableOn]).Any(field.IsAvailableOn)));
    }

    /// <summary>Sends a step.</summary>
    public async Task<ICopperRecord?> SendAsync(
        PlanAction action, string entity, long? id, JsonBody fields, CancellationToken cancellationToken) => (action, entity) switch
    {
        (PlanAction.Create, Field) => await client.CustomFieldDefinitions.CreateAsync(fields, cancellationToken).ConfigureAwait(false),
        (PlanAction.Update, Field) =>
            await client.CustomFieldDefinitions.UpdateAsync(id!.Value, fields, cancellationToken).ConfigureAwait(false),
        (PlanAction.Delete, Field) => await DeleteAsync(id!.Value, cancellationToken).ConfigureAwait(false),
        (PlanAction.Create, _) => await client.CustomActivityTypes.CreateAsync(fields, cancellationToken).ConfigureAwait(false),
        _ => await client.CustomActivityTypes.UpdateAsync(id!.Value, fields, cancellationToken).ConfigureAwait(false),
    };

    private static IEnumerable<string> EntitiesIn(object? value) => value is IEnumerable list and not string ? list.OfType<string>() : [];

    private async Task<ICopperRecord?> DeleteAsync(long id, CancellationToken cancellationToken)
    {
        await client.CustomFieldDefinitions.DeleteAsync(id, cancellationToken).ConfigureAwait(false);
        return null;
    }
}
