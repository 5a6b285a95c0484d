using System.Collections;
using System.Globalization;
using System.Management.Automation;
using Copper.Client.Metadata;
using Copper.Data.Columns;
using CopperPS.Core;

namespace CopperPS.Binding;

/// <summary>Makes of parameters' values what goes into a body.</summary>
internal static class RequestValueConverter
{
    /// <summary>A date whose year nobody means is rejected.</summary>
    /// <exception cref="InputRejectedException">It is such a date.</exception>
    public static void CheckDate(string parameter, DateTimeOffset date)
    {
        if (CellCheck.ProblemOf(date.DateTime) is { } problem)
        {
            throw Reject($"-{parameter} {date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)} {problem}", date);
        }
    }

    /// <summary>The API's word for "has none" in lists of ids.</summary>
    private const long None = -2;

    /// <summary>The service rejects later ones (reported by client authors for created and modified dates).</summary>
    private const long LatestTimestamp = 2147483648;

    /// <summary>No value of the service is nested as deeply.</summary>
    private const int DeepestNesting = 64;

    /// <summary>A field of a record. Null and an empty text clear it, an empty list empties it.</summary>
    public static object? OfField(object? value, Type type, string? entity) => value switch
    {
        null when type.IsArray => Array.Empty<object>(),
        null or "" => null,
        CopperReference reference => IdOf(reference, entity!),
        _ => value,
    };

    /// <summary>A criterion of a search.</summary>
    public static object OfFilter(object? value, FilterAttribute filter, string parameter)
    {
        switch (value)
        {
            case CopperReference?[] references:
                return references.Length == 0
                    ? throw Empty(parameter)
                    : references
                        .Select(reference => reference is null ? NoneOf(filter, parameter) : IdOf(reference, filter.Entity!))
                        .ToArray();
            case null when filter.AllowsNone:
                return new[] { None };
            case SwitchParameter flag:
                return flag.IsPresent;
            case TimeSpan age:
                return age >= TimeSpan.Zero ? (long)age.TotalSeconds : throw Reject($"-{parameter} must not be negative.", age);
            case DateTimeOffset time when time.ToUnixTimeSeconds() is < 0 or > LatestTimestamp:
                throw Reject($"-{parameter}: the service takes dates from 1970 to January 2038 only, not "
                    + $"{time.ToString("d", CultureInfo.CurrentCulture)}.", time);
            case null or "":
            case string[] { Length: 0 }:
            case string[] texts when texts.Any(string.IsNullOrWhiteSpace):
                throw Empty(parameter);
            default:
                return value;
        }
    }

    /// <summary>The id behind a reference.</summary>
    /// <param name="reference">What was given.</param>
    /// <param name="entity">What was meant, in the API's singular word.</param>
    /// <param name="smallest">The smallest id that there is: 0 for types of activities, of which a note is number 0.</param>
    public static long IdOf(CopperReference reference, string entity, long smallest = 1)
    {
        if (reference.EntityType is { } type && !string.Equals(type, entity, StringComparison.OrdinalIgnoreCase))
        {
            throw ReferenceRejections.EntityMismatch(reference, entity);
        }

        return reference.Id is { } id && id >= smallest ? id : throw ReferenceRejections.NoId(reference, entity);
    }

    /// <summary>A value from a hashtable of raw members, freed of PowerShell's wrapping.</summary>
    /// <exception cref="ArgumentException">It is nested without end: a hashtable that holds itself.</exception>
    public static object? Raw(object? value) => Raw(value, 0);

    private static object? Raw(object? value, int depth)
    {
        if (depth > DeepestNesting)
        {
            throw new ArgumentException("A value is nested too deeply, or holds itself.");
        }

        depth++;
        return value switch
        {
            PSObject { BaseObject: PSCustomObject } record => record.Properties.ToDictionary(
                static property => property.Name,
                property => Raw(property.Value, depth)),
            PSObject wrapped => Raw(wrapped.BaseObject, depth),
            CopperReference reference => reference.Id,
            ScriptBlock code => throw Reject(GivenValue.OfScriptBlock(code).Message, code),
            IDictionary dictionary => DictionaryEntries.Of(dictionary).ToDictionary(
                static entry => KeyOf(entry),
                entry => Raw(entry.Value, depth)),
            string => value,
            IEnumerable list => list.Cast<object?>().Select(item => Raw(item, depth)).ToArray(),
            _ => value,
        };
    }

    public static string KeyOf(DictionaryEntry entry) => Convert.ToString(entry.Key, CultureInfo.InvariantCulture) ?? string.Empty;

    public static InputRejectedException Reject(string message, object? target) => new(InputRejection.Invalid, message, target);

    /// <summary>The rejection of $null where the id of a record is wanted.</summary>
    public static InputRejectedException NullId(string entity) => Reject($"The id of {EntityWords.WithArticle(entity)} is null.", null);

    /// <summary>A parameter takes one of some words, and got another.</summary>
    /// <param name="parameter">The parameter.</param>
    /// <param name="word">What it got.</param>
    /// <param name="known">The words that it takes.</param>
    /// <param name="otherwise">What to do if the service has the word all the same.</param>
    public static InputRejectedException UnknownWord(string parameter, string word, IEnumerable<string> known, string otherwise) =>
        new(
            InputRejection.UnknownName,
            $"-{parameter} '{word}' is not known. {NameSuggestions.Of(word, known, string.Empty)} If the service has added it, {otherwise}",
            word);

    private static long NoneOf(FilterAttribute filter, string parameter) => filter.AllowsNone ? None : throw Empty(parameter);

    private static InputRejectedException Empty(string parameter) =>
        Reject($"-{parameter} is empty, and the service offers no search for records without one. Give a value, or leave the "
            + "parameter out.", null);
}
