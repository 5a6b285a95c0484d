using System.Management.Automation;
using System.Text.RegularExpressions;
using Copper.Client;
using Copper.Client.Metadata;
using Copper.Client.Models;
using CopperPS.Core;

namespace CopperPS.Binding;

/// <summary>What is wrong with a reference to a record.</summary>
internal static class ReferenceRejections
{
    /// <summary>A record of one entity came where another was meant: its id means something else there.</summary>
    public static InputRejectedException EntityMismatch(CopperReference reference, string wanted) => new(
        InputRejection.EntityMismatch,
        $"{reference} is {EntityWords.WithArticle(reference.EntityType!)}, not {EntityWords.WithArticle(wanted)}. Nothing was sent: "
            + "ids are "
            + "unique only within one entity, so its id would hit another record.",
        reference.Source)
    {
        Advice = $"Give {EntityWords.WithArticle(wanted)} or its id.",
    };

    /// <summary>The same reference, unless it is a record of another account, whose id means another record in the session's.</summary>
    /// <param name="reference">What was given.</param>
    /// <param name="own">The session's account.</param>
    /// <param name="isHub">The session is one with a CopperHub; the kind of a record of the other product is told first.</param>
    /// <exception cref="InputRejectedException">It is of another account.</exception>
    public static CopperReference Own(CopperReference reference, RecordAccount own, bool isHub = false)
    {
        if (reference.EntityType?.StartsWith("hub ", StringComparison.Ordinal) == !isHub)
        {
            return reference;
        }

        CheckAccount(reference.Account, own, reference, reference.EntityType, reference.Source);
        return reference;
    }

    /// <summary>Checks where something was read whose ids are to be used.</summary>
    /// <param name="account">Where it was read; null where nothing tells.</param>
    /// <param name="own">The session's account.</param>
    /// <param name="subject">What it is, for the message.</param>
    /// <param name="entity">Its kind; null where it has none.</param>
    /// <param name="source">What was given.</param>
    /// <exception cref="InputRejectedException">It is of another account.</exception>
    public static void CheckAccount(RecordAccount? account, RecordAccount own, object subject, string? entity, object? source)
    {
        if (account is null || account.IsSame(own))
        {
            return;
        }

        var (there, here) = account.ToString() == own.ToString()
            ? (string.Empty, string.Empty)
            : ($" ({account})", $" ({own})");
        throw new InputRejectedException(
            InputRejection.OtherAccount,
            $"{(entity is null ? string.Empty : $"The {entity} ")}{subject} was read from another account{there} than that of the "
                + $"session{here}: its id would hit another record there. Nothing was sent for it. Give the session of its own account "
                + "with -Session, or connect to that.",
            source)
        {
            Advice = "To copy values instead, select them: Select-Object Name, Email. The record of the other account is found by its "
                + "name or e-mail address there.",
        };
    }

    /// <summary>A record of the CRM came where one of the CopperHub is created, or the other way round.</summary>
    /// <param name="subject">What came.</param>
    /// <param name="given">The entity that came.</param>
    /// <param name="wanted">The entity that is created.</param>
    /// <param name="command">The command.</param>
    /// <param name="source">What came, as it was given.</param>
    public static InputRejectedException OtherProduct(string subject, string given, string wanted, string command, object? source) => new(
        InputRejection.EntityMismatch,
        $"{subject} is {EntityWords.WithArticle(given)}, not {EntityWords.WithArticle(wanted)}: the CRM and the CopperHub share no "
            + $"records. Nothing was sent. To create from some of its properties, select these: Select-Object Name, City | {command}",
        source);

    /// <summary>The reference has no id.</summary>
    public static InputRejectedException NoId(CopperReference reference, string wanted) =>
        reference is { Id: null, Name: null, Source: { } source } && IsForeign(source)
            ? new InputRejectedException(
                InputRejection.InvalidId,
                $"'{source}' is an object of the type {source.GetType().FullName}, which is no {wanted} and no row of a table, so that its "
                    + $"properties are not taken. Give an id, {EntityWords.WithArticle(wanted)}, or an object with an Id property, which "
                    + "Select-Object makes.",
                source)
            : NoIdIn(reference, wanted);

    private static bool IsForeign(object source) =>
        source is not (string or ValueType) && PSObject.AsPSObject(source) is var value && !TotalCount.Is(value)
            && RecordRow.IsForeign(value);

    private static InputRejectedException NoIdIn(CopperReference reference, string wanted)
    {
        if (reference is { Name: null, Source: { } source } && RowDescription.IsRow(source))
        {
            return new InputRejectedException(InputRejection.InvalidId, RowDescription.NoId(source, reference.Member, wanted), source)
            {
                IsOfEveryRecord = RowDescription.ProblemOfFile(source) is not null,
                IsOfEveryRow = RowDescription.IsOfAllRows(source, reference.Member),
            };
        }

        if (Regex.IsMatch(reference.ToString(), "^[0-9]{16,}$"))
        {
            return new InputRejectedException(
                InputRejection.InvalidId,
                $"'{reference}' is larger than any id can be, so it is no {wanted}. Nothing was sent for it. A spreadsheet may have "
                    + "joined or shortened numbers.",
                reference.Source);
        }

        var given = reference.IsBlank ? "An empty text" : $"'{reference}'";
        var takes = AccountList.Entities.Contains(wanted) ? "its name, its id" : "a positive whole number";
        return new InputRejectedException(
            InputRejection.InvalidId,
            $"{given} is no {wanted}: give {takes}, {EntityWords.WithArticle(wanted)}, or an object with an Id property.",
            reference.Source)
        {
            Advice = reference.Name is { Length: > 0 } name && CopperEntities.FindPrimary(wanted) is not null
                && !string.Equals(wanted, CopperEntities.Activity.Name, StringComparison.OrdinalIgnoreCase)
                ? $"-Id takes no names. By name: Get-Copper{EntityWords.ToNoun(wanted)} -Name "
                    + $"'{VisibleText.Of(name.Replace("'", "''"))}'"
                : null,
        };
    }
}
