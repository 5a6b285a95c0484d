using System.Globalization;
using Copper.Client.Json;
using Copper.Client.Models;

namespace Copper.Client.Metadata;

/// <summary>What is wrong with a name, and which names there are.</summary>
internal static class NameRejections
{
    private const string StageList = CopperEntityNames.PipelineStage;

    /// <summary>Nothing in the account has this name.</summary>
    public static InputRejectedException Unknown(string name, string listName, IEnumerable<AccountItem> candidates, object? given) =>
        Unknown(
            name,
            $"There is no {listName} '{name}'.",
            listName,
            InOrder(listName, candidates).Select(static item => (item, (string?)null)),
            given);

    /// <summary>No stage has this name, or none of the pipelines that are meant has such a stage.</summary>
    public static InputRejectedException UnknownStage(
        string name, IReadOnlyCollection<long>? pipelines, IReadOnlyList<AccountItem> stages, object? given, ICopperRecord? record = null)
    {
        if (pipelines is null)
        {
            var isOnePipeline = stages.Select(static stage => stage.PipelineId).Distinct().Count() == 1;
            var all = stages.Select(stage => (stage, isOnePipeline ? null : stage.Place));
            return Unknown(name, $"There is no {StageList} '{name}'.", StageList, all, given);
        }

        var candidates = stages.Where(stage => stage.PipelineId is { } id && pipelines.Contains(id)).ToArray();
        var elsewhere = stages.Where(stage => stage.IsCalled(name)).Select(static stage => $"'{stage.Place}'").Distinct().ToArray();
        var where = candidates.Length > 0
            ? string.Join(", ", candidates.Select(static stage => $"'{stage.Place}'").Distinct())
            : string.Join(", ", pipelines.Select(static id => id.ToString(CultureInfo.InvariantCulture)));
        var whose = record is null ? string.Empty : $" of the {record.GetEntityType()} {record.Id.ToString(CultureInfo.InvariantCulture)}";
        var others = elsewhere.Length == 0 ? string.Empty : $"; {string.Join(" and ", elsewhere)} "
            + $"{(elsewhere.Length > 1 ? "have" : "has")} one";
        return Unknown(
            name,
            $"There is no stage '{name}' in the pipeline {where}{whose}{others}.",
            StageList,
            candidates.Select(static stage => (stage, (string?)null)),
            record?.Id ?? given);
    }

    /// <summary>Several things in the account have this name.</summary>
    public static InputRejectedException Ambiguous(string name, string listName, IEnumerable<AccountItem> found, object? given) => new(
        InputRejection.AmbiguousName,
        $"There are several called '{name}': {listName} {string.Join(", ", found.Select(static item => item.Describe()))}. "
            + $"Give {(listName == CopperEntityNames.User ? "the e-mail address or the id" : "the id")}.",
        given)
    {
        ListName = listName,
        SoughtName = name,
    };

    /// <summary>Several pipelines have a stage of this name.</summary>
    public static InputRejectedException AmbiguousStage(string name, IReadOnlyCollection<AccountItem> found, object? given)
    {
        var places = found.Select(static stage => $"{stage.Id.ToString(CultureInfo.InvariantCulture)} in the pipeline '{stage.Place}'");
        var advice = found.Select(static stage => stage.PipelineId).Distinct().Skip(1).Any()
            ? $"{ErrorWords.Current.SayPipeline}, or give the id of the stage."
            : "Give the id.";
        return new InputRejectedException(
            InputRejection.AmbiguousName, $"There are several stages called '{name}': {string.Join(", ", places)}. {advice}", given)
        {
            ListName = StageList,
        };
    }

    /// <summary>Users and custom fields have no order of their own, so they are listed by their names.</summary>
    private static IEnumerable<AccountItem> InOrder(string listName, IEnumerable<AccountItem> items) =>
        listName is CopperEntityNames.User or CopperEntityNames.CustomFieldDefinition
            ? items.OrderBy(static item => item.Name, StringComparer.CurrentCultureIgnoreCase)
            : items;

    private static InputRejectedException Unknown(
        string name, string sentence, string listName, IEnumerable<(AccountItem Item, string? Place)> candidates, object? given)
    {
        var names = candidates.Select(candidate => (candidate.Item.Name, candidate.Place, candidate.Item.DistanceFrom(name)));
        return new InputRejectedException(
            InputRejection.UnknownName, $"{sentence} {NameSuggestions.Of(name, names, "The account has none.")}", given)
        {
            ListName = listName,
        };
    }
}
