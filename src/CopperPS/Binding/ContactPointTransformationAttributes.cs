using System.Collections;
using System.Management.Automation;
using Copper.Client.Models;
using CopperPS.Binding.Completers;

namespace CopperPS.Binding;

/// <summary>
/// Makes e-mail addresses, phone numbers, profiles or websites of texts, of hashtables with a value and a category, or of
/// what a Get returned. An unknown category is rejected with the list of the known ones.
/// </summary>
/// <typeparam name="T">The value object.</typeparam>
public abstract class ContactPointTransformationAttribute<T> : RowValueTransformationAttribute
    where T : class
{
    /// <summary>The parameter takes one instead of a list.</summary>
    public bool TakesOne { get; set; }

    private protected abstract string ValueKey { get; }

    /// <summary>The member of the body, in the API's own spelling.</summary>
    private protected abstract string Member { get; }

    private protected abstract string[] Categories { get; }

    /// <summary>Where one is wanted, the error shows them.</summary>
    private protected override bool TakesSeveral => true;

    private protected override object? Read(object? inputData)
    {
        var read = ReadUnchecked(inputData);

        // A cell of a row may show what the record has already, whatever that is: what is written of the row is checked later.
        return BoundRow.HasCell(inputData) || ContactPointCheck.ProblemOf(read) is not { } problem
            ? read
            : throw new ArgumentTransformationMetadataException(problem);
    }

    /// <summary>The values as they are written, whether they can be right or not.</summary>
    /// <exception cref="ArgumentTransformationMetadataException">It is nothing of the kind.</exception>
    internal object? ReadUnchecked(object? inputData)
    {
        var all = ConvertAll(inputData);
        return !TakesOne || all is null ? all
            : all.Length <= 1 ? all.FirstOrDefault()
            : throw new ArgumentTransformationMetadataException(
                $"There can be one only here, not {all.Length}: {string.Join("; ", all.AsEnumerable())}.");
    }

    private T[]? ConvertAll(object? inputData)
    {
        var value = CellValue.Bare(inputData);
        return value switch
        {
            null => null,
            string or IDictionary or T => Convert(value).ToArray(),
            IEnumerable list => list.Cast<object?>().Where(static item => item is not null).SelectMany(item => Convert(item!)).ToArray(),
            _ => Convert(inputData!).ToArray(),
        };
    }

    private protected abstract T Create(string value, string category);

    private protected abstract string CategoryOf(string value);

    private IEnumerable<T> Convert(object item)
    {
        var bare = CellValue.Bare(item);
        switch (bare)
        {
            case T known:
                return [known];

            // A spreadsheet keeps a phone number as a number.
            case sbyte or byte or short or ushort or int or uint or long or ulong or float or double or decimal:
                return Convert(CellValue.Text(bare)!);
            case string text:
                // One cell of a CSV file holds several, as Export-Csv writes them.
                return text.Split([';'], StringSplitOptions.RemoveEmptyEntries)
                    .Select(static part => part.Trim())
                    .Where(static part => part.Length > 0)
                    .Select(part => Create(part, CategoryOf(part)));
            case IDictionary dictionary:
                return
                [
                    FromMembers(dictionary.Cast<DictionaryEntry>()
                        .Select<DictionaryEntry, (string, object?)>(static entry => (entry.Key?.ToString() ?? string.Empty, entry.Value))),
                ];
            default:
                return
                [
                    FromMembers(PSObject.AsPSObject(item).Properties
                        .Select<PSPropertyInfo, (string, object?)>(static property => (property.Name, property.Value))),
                ];
        }
    }

    private T FromMembers(IEnumerable<(string Name, object? Value)> members)
    {
        string? value = null;
        string? category = null;
        foreach (var (name, content) in members)
        {
            if (string.Equals(name, ValueKey, StringComparison.OrdinalIgnoreCase))
            {
                value = content?.ToString()?.Trim();
            }
            else if (string.Equals(name, "Category", StringComparison.OrdinalIgnoreCase))
            {
                category = content?.ToString();
            }
            else if (!string.Equals(name, nameof(CopperEmail.AdditionalMembers), StringComparison.OrdinalIgnoreCase))
            {
                throw new ArgumentTransformationMetadataException(
                    $"'{name}' is not known here. Give a text, or @{{ {ValueKey} = '...'; Category = '{Categories[0]}' }}.");
            }
        }

        if (string.IsNullOrWhiteSpace(value))
        {
            throw new ArgumentTransformationMetadataException(
                $"The {ValueKey} is missing. Give a text, or @{{ {ValueKey} = '...'; Category = '{Categories[0]}' }}.");
        }

        return Create(value!, category is null ? CategoryOf(value!) : Known(category, value!));
    }

    private string Known(string category, string value) =>
        Categories.FirstOrDefault(known => string.Equals(known, category.Trim(), StringComparison.OrdinalIgnoreCase))
        ?? throw new ArgumentTransformationMetadataException(
            $"The category '{category}' is not one of: {string.Join(", ", Categories)}. If the service has added it, "
            + $"write it with -Property @{{ {Member} = {Raw(value, category.Trim())} }}.");

    /// <summary>The value in the API's own spelling, as one types it.</summary>
    private string Raw(string value, string category)
    {
        var item = $"@{{ {ValueKey.ToLowerInvariant()} = {Completion.Quote(value)}; category = {Completion.Quote(category)} }}";
        return TakesOne ? item : $"@({item})";
    }
}

/// <summary>Makes <see cref="CopperEmail"/>s. A text is a work address.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class EmailTransformationAttribute : ContactPointTransformationAttribute<CopperEmail>
{
    private protected override string ValueKey => nameof(CopperEmail.Email);

    private protected override string Member => TakesOne ? "email" : "emails";

    private protected override string[] Categories => ["work", "personal", "other"];

    private protected override CopperEmail Create(string value, string category) => new() { Email = value, Category = category };

    private protected override string CategoryOf(string value) => Categories[0];
}

/// <summary>Makes <see cref="CopperPhoneNumber"/>s. A text is a work number.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class PhoneNumberTransformationAttribute : ContactPointTransformationAttribute<CopperPhoneNumber>
{
    private protected override string ValueKey => nameof(CopperPhoneNumber.Number);

    private protected override string Member => "phone_numbers";

    private protected override string[] Categories => ["work", "mobile", "home", "other"];

    private protected override CopperPhoneNumber Create(string value, string category) => new() { Number = value, Category = category };

    private protected override string CategoryOf(string value) => Categories[0];
}

/// <summary>Makes <see cref="CopperWebsite"/>s. A text is a work website.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class WebsiteTransformationAttribute : ContactPointTransformationAttribute<CopperWebsite>
{
    private protected override string ValueKey => nameof(CopperWebsite.Url);

    private protected override string Member => "websites";

    private protected override string[] Categories => ["work", "personal", "other"];

    private protected override CopperWebsite Create(string value, string category) => new() { Url = value, Category = category };

    private protected override string CategoryOf(string value) => Categories[0];
}

/// <summary>Makes <see cref="CopperSocial"/>s. The category of a text is told from its host.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SocialTransformationAttribute : ContactPointTransformationAttribute<CopperSocial>
{
    private protected override string ValueKey => nameof(CopperSocial.Url);

    private protected override string Member => "socials";

    private protected override string[] Categories =>
        ["linkedin", "twitter", "googleplus", "facebook", "youtube", "quora", "foursquare", "klout", "gravatar", "other"];

    private protected override CopperSocial Create(string value, string category) => new() { Url = value, Category = category };

    private protected override string CategoryOf(string value)
    {
        var start = value.IndexOf("//", StringComparison.Ordinal);
        var host = value.Substring(start < 0 ? 0 : start + 2).Split('/', '?', '#')[0];
        var labels = host.Split('.');
        return labels.Length < 2 ? "other" : labels[labels.Length - 2].ToUpperInvariant() switch
        {
            "X" => "twitter",
            "PLUS" or "GOOGLE" when host.StartsWith("plus.", StringComparison.OrdinalIgnoreCase) => "googleplus",
            var label =>
                Categories.FirstOrDefault(category => string.Equals(category, label, StringComparison.OrdinalIgnoreCase))
                ?? "other",
        };
    }
}
