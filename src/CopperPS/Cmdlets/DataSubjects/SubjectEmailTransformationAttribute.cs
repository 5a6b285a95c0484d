using System.Collections;
using System.Management.Automation;
using Copper.Client.Models;
using CopperPS.Binding;

namespace CopperPS.Cmdlets.DataSubjects;

/// <summary>
/// The e-mail addresses of one person: texts, a person or a lead, which has all of its own, or a row with a column Email.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SubjectEmailTransformationAttribute : RowValueTransformationAttribute
{
    private static readonly char[] Separators = [';', ',', ' ', '\t', '\r', '\n'];

    /// <summary>Reads the addresses.</summary>
    public SubjectEmailTransformationAttribute()
        : base(takesSeveral: true)
    {
    }

    private protected override object? Read(object? inputData) => AddressesIn(inputData).ToArray();

    private static IEnumerable<string> AddressesIn(object? value)
    {
        switch (CellValue.Bare(value))
        {
            case null:
                return [];
            case string text:
                return text.Split(Separators, StringSplitOptions.RemoveEmptyEntries);
            case CopperPerson person:
                return person.Emails.Select(static email => email.Email).OfType<string>();
            case CopperLead lead:
                return lead.Emails.Select(static email => email.Email).OfType<string>();
            case CopperEmail email:
                return email.Email is { } address ? [address] : [];
            case ICopperRecord other:
                throw CellValue.Wrong(other, "is neither a person nor a lead.");
            case IDictionary or PSObject or System.Data.DataRow or System.Data.DataRowView:
                return InRow(PSObject.AsPSObject(value!));
            case IEnumerable list:
                return list.Cast<object?>().SelectMany(AddressesIn);
            default:
                throw CellValue.Wrong(value, "is no e-mail address.");
        }
    }

    /// <summary>A person that came out of a job or a file has a list of addresses, a row a column.</summary>
    private static IEnumerable<string> InRow(PSObject row)
    {
        if (CellValue.Bare(RowValues.ValueOf(row, "Emails")) is IEnumerable emails and not string)
        {
            return emails.Cast<object?>().SelectMany(static email => CellValue.Bare(email) is string text ? [text]
                : AddressesIn(PSObject.AsPSObject(email).Properties["Email"]?.Value));
        }

        string[] columns =
            [.. RowValues.NamesOf(row).Where(static name => name.StartsWith("Email", StringComparison.OrdinalIgnoreCase)
                && name.Substring("Email".Length).Trim().All(char.IsDigit))];
        return columns.Length == 0
            ? throw new ArgumentTransformationMetadataException("The row has no column Email.")
            : columns.SelectMany(column => AddressesIn(RowValues.ValueOf(row, column)));
    }
}
