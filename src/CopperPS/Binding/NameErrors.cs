using System.Globalization;
using System.Management.Automation;
using Copper.Client.Models;
using CopperPS.Core;

namespace CopperPS.Binding;

/// <summary>What is wrong with a name or a word, and which there are: the nearest come first.</summary>
internal static class NameErrors
{
    private const string UnknownId = "CopperUnknownName";
    private const string AmbiguousId = "CopperAmbiguousName";

    /// <summary>The error is about a name that several have.</summary>
    public static bool IsAmbiguous(ErrorRecord error) => error.FullyQualifiedErrorId is AmbiguousId;

    /// <summary>The error is about a name that none or several have.</summary>
    public static bool Is(ErrorRecord error) => error.FullyQualifiedErrorId is UnknownId or AmbiguousId;

    /// <summary>Nothing in the account has this name.</summary>
    public static ErrorRecord Unknown(CopperReference reference, string itemName, IEnumerable<AccountItem> candidates) =>
        Unknown(reference, $"There is no {itemName} '{reference.Name}'.", itemName, candidates.Select(static item => (item, item.Name)));

    /// <summary>A parameter takes one of some words, and got another.</summary>
    public static ErrorRecord UnknownWord(string parameter, string word, IEnumerable<string> known, string otherwise) => ErrorRecords.Create(
        new ArgumentException($"-{parameter} '{word}' is not known. {NameSuggestions.Of(word, known, string.Empty)} If the service has added it, {otherwise}"),
        UnknownId,
        ErrorCategory.InvalidArgument,
        word,
        null);

    /// <summary>No stage has this name, or none of the pipelines that are meant has such a stage.</summary>
    public static ErrorRecord UnknownStage(CopperReference reference, IReadOnlyCollection<long>? pipelines, IReadOnlyList<AccountItem> stages, ICopperRecord? record = null)
    {
        const string ItemName = "pipeline stage";
        if (pipelines is null)
        {
            var isOnePipeline = stages.Select(static stage => stage.PipelineId).Distinct().Count() == 1;
            return Unknown(reference, $"There is no {ItemName} '{reference.Name}'.", ItemName, stages.Select(stage => (stage, isOnePipeline ? stage.Name : $"{stage.Name} ({stage.Place})")));
        }

        var candidates = stages.Where(stage => stage.PipelineId is { } id && pipelines.Contains(id)).ToArray();
        var elsewhere = stages.Where(stage => stage.IsCalled(reference.Name!)).Select(static stage => $"'{stage.Place}'").Distinct().ToArray();
        var where = candidates.Length > 0
            ? string.Join(", ", candidates.Select(static stage => $"'{stage.Place}'").Distinct())
            : string.Join(", ", pipelines.Select(static id => id.ToString(CultureInfo.InvariantCulture)));
        var whose = record is null ? string.Empty : $" of the {record.GetEntityType()} {record.Id.ToString(CultureInfo.InvariantCulture)}";
        return Unknown(
            reference,
            $"There is no stage '{reference.Name}' in the pipeline {where}{whose}{(elsewhere.Length > 0 ? $"; {string.Join(" and ", elsewhere)} {(elsewhere.Length > 1 ? "have" : "has")} one" : string.Empty)}.",
            ItemName,
            candidates.Select(static stage => (stage, stage.Name)),
            record?.Id);
    }

    /// <summary>Several things in the account have this name.</summary>
    public static ErrorRecord Ambiguous(CopperReference reference, string itemName, IEnumerable<AccountItem> found) => ErrorRecords.Create(
        new ArgumentException($"There are several called '{reference.Name}': {itemName} {string.Join(", ", found.Select(static item => item.Describe()))}. Give {(itemName == "user" ? "the e-mail address or the id" : "the id")}."),
        AmbiguousId,
        ErrorCategory.InvalidArgument,
        reference.Source,
        $"Get-Copper{EntityWords.ToNoun(itemName)} -Name '{reference.Name!.Replace("'", "''")}' shows them.");

    /// <summary>Several pipelines have a stage of this name.</summary>
    public static ErrorRecord AmbiguousStage(CopperReference reference, IReadOnlyCollection<AccountItem> found) => ErrorRecords.Create(
        new ArgumentException($"There are several stages called '{reference.Name}': {string.Join(", ", found.Select(static stage => $"{stage.Id.ToString(CultureInfo.InvariantCulture)} in the pipeline '{stage.Place}'"))}. {(found.Select(static stage => stage.PipelineId).Distinct().Count() > 1 ? "Say which pipeline with -Pipeline, or give the id of the stage." : "Give the id.")}"),
        AmbiguousId,
        ErrorCategory.InvalidArgument,
        reference.Source,
        "Get-CopperPipelineStage lists all of them.");

    private static ErrorRecord Unknown(CopperReference reference, string sentence, string itemName, IEnumerable<(AccountItem Item, string Text)> candidates, object? target = null)
    {
        var nearest = candidates
            .Where(static candidate => candidate.Item.Name.Length > 0)
            .Select(candidate => (candidate.Text, candidate.Item.DistanceFrom(reference.Name!)));
        return ErrorRecords.Create(
            new ArgumentException($"{sentence} {NameSuggestions.Of(nearest, "The account has none.")}"),
            UnknownId,
            ErrorCategory.InvalidArgument,
            target ?? reference.Source,
            $"Get-Copper{EntityWords.ToNoun(itemName)} lists all of them.");
    }
}
