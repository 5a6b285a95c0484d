using System.Globalization;
using System.Management.Automation;
using Copper.Client;
using CopperPS.Core;

namespace CopperPS.Binding;

/// <summary>
/// Kinds of records, in the singular as in Person, or in the plural as people say it: People. The list of words stays with the
/// parameter.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class EntityTransformationAttribute : RowValueTransformationAttribute
{
    /// <summary>The parameter takes one kind instead of a list.</summary>
    public bool TakesOne { get; set; }

    private protected override bool TakesSeveral => !TakesOne;

    /// <summary>The kind in the singular; a word that is none as it is.</summary>
    internal static string Singular(string word)
    {
        var text = word.Trim();
        if (text.Length > 0 && text.All(static letter => letter is >= '0' and <= '9'))
        {
            throw new ArgumentTransformationMetadataException(string.Format(
                CultureInfo.InvariantCulture,
                "{0} is an id, and no kind of record. A record is its kind and its id in one text, such as 'person {0}'.",
                text));
        }

        return CopperEntities.Primary.FirstOrDefault(entity =>
            string.Equals(entity.Plural, text, StringComparison.OrdinalIgnoreCase)
            || string.Equals(entity.Name + "s", text, StringComparison.OrdinalIgnoreCase)) is { } known
                ? EntityWords.ToNoun(known.Name)
                : string.Equals(text, "Users", StringComparison.OrdinalIgnoreCase) ? "User" : text;
    }

    private protected override object? Read(object? inputData) => TakesOne
        ? CellValue.Text(inputData) is { } text ? Singular(text) : null
        : CellValue.Texts(inputData)?.Select(Singular).ToArray();
}
