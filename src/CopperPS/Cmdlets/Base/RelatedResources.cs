using Copper.Client;
using Copper.Client.Metadata;
using Copper.Client.Models;
using CopperPS.Binding;
using CopperPS.Core;

namespace CopperPS.Cmdlets.Base;

/// <summary>Makes of <c>-RelatedTo</c> and <c>-RelatedType</c> what the service calls a resource: <c>{id, type}</c>.</summary>
internal static class RelatedResources
{
    /// <summary>What a project can belong to (developer.copper.com/related-items/overview).</summary>
    public static readonly string[] OfProject =
    [
        CopperEntityNames.Person, CopperEntityNames.Company, CopperEntityNames.Opportunity, CopperEntityNames.Task,
    ];

    /// <summary>What a task can belong to.</summary>
    public static readonly string[] OfTask =
    [
        CopperEntityNames.Lead, CopperEntityNames.Person, CopperEntityNames.Company,
        CopperEntityNames.Opportunity, CopperEntityNames.Project,
    ];

    /// <summary>What files can be attached to, and what a connect field can join, beside users.</summary>
    public static readonly string[] OfFile =
    [
        CopperEntityNames.Lead, CopperEntityNames.Person, CopperEntityNames.Company,
        CopperEntityNames.Opportunity, CopperEntityNames.Project,
    ];

    /// <summary>What an activity can be about, and what can be related.</summary>
    public static readonly string[] OfActivity =
    [
        CopperEntityNames.Lead, CopperEntityNames.Person, CopperEntityNames.Company,
        CopperEntityNames.Opportunity, CopperEntityNames.Project, CopperEntityNames.Task,
    ];

    public static InputRejectedException TypeAlone(string type) =>
        RequestValueConverter.Reject($"-RelatedType {type} says what kind of record the id of -RelatedTo means: give the id too.", type);

    public static InputRejectedException TypeAloneInRow(string type) => RequestValueConverter.Reject(
        $"The column RelatedType is '{type}', and RelatedId is empty: give both columns, or leave both empty. An empty cell removes "
            + "nothing; -RelatedTo $null does.",
        type);

    /// <summary>The record to which those that are searched for belong; null when none is given.</summary>
    /// <param name="reference">The record, or its id.</param>
    /// <param name="type">The entity of a bare id.</param>
    /// <param name="allowed">The entities that may be meant.</param>
    /// <exception cref="InputRejectedException">Nothing tells which record is meant, or it cannot be one.</exception>
    public static CopperReference? RecordOf(CopperReference? reference, string? type, string[] allowed)
    {
        if (reference is null)
        {
            return type is null ? null : throw TypeAlone(type);
        }

        return Of(reference, type, allowed) is { } resource
            ? reference.EntityType is null ? reference.WithEntity((string)resource["type"]!) : reference
            : throw RequestValueConverter.Reject("-RelatedTo is empty. Give a record, or leave the parameter out.", reference.Source);
    }

    /// <param name="reference">The record, or its id; null for none.</param>
    /// <param name="type">The entity of a bare id.</param>
    /// <param name="allowed">The entities that may be meant.</param>
    /// <param name="isRow">It was given by the columns of a row, which messages name then.</param>
    public static JsonBody? Of(CopperReference? reference, string? type, string[] allowed, bool isRow = false)
    {
        var (relatedTo, relatedType) = isRow ? ("The column RelatedId", "the column RelatedType") : ("-RelatedTo", "-RelatedType");
        if (reference is null or { IsBlank: true })
        {
            return null;
        }

        var entity = reference.EntityType ?? type;
        if (string.IsNullOrEmpty(entity))
        {
            throw RequestValueConverter.Reject($"{relatedTo} {reference}: an id alone does not tell which record is meant. Give "
                + $"{(isRow ? string.Empty : "the record, or ")}{relatedType} too: {string.Join(", ", allowed)}.", reference.Source);
        }

        if (reference.EntityType is null && !OfActivity.Contains(entity, StringComparer.OrdinalIgnoreCase))
        {
            throw RequestValueConverter.Reject($"{(isRow ? "The column RelatedType" : relatedType)} '{entity}' is not known. "
                + $"{NameSuggestions.Of(entity!, allowed, string.Empty)}", entity);
        }

        if (!allowed.Contains(entity, StringComparer.OrdinalIgnoreCase))
        {
            throw RequestValueConverter.Reject($"{relatedTo}: {EntityWords.WithArticle(entity!)} is not possible here. It is one of: "
                + $"{string.Join(", ", allowed)}.", reference.Source);
        }

        return new JsonBody
        {
            ["id"] = RequestValueConverter.IdOf(reference, string.IsNullOrEmpty(type) ? entity! : type!),
            ["type"] = entity,
        };
    }
}
